package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.model.LineId;
import dev.braid.model.Version;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.VersionParser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The versions of one line; its head is the highest. */
public final class Versions {
  static final String FOLDER = "versions";
  private static final Pattern MANIFEST = Pattern.compile("\\d{6}\\.json");

  private final CommitLog log;
  private final LineId line;

  Versions(CommitLog log, LineId line) {
    this.log = log;
    this.line = line;
  }

  /** The line's newest version, if it has one. */
  public Optional<Version> head() {
    List<String> names = names();
    return names.isEmpty() ? Optional.empty() : Optional.of(read(names.get(names.size() - 1)));
  }

  /** All versions, oldest first. */
  public List<Version> all() {
    return names().stream().map(this::read).toList();
  }

  /** The version of this number, if there is one. */
  public Optional<Version> find(int number) {
    String name = name(number);
    return names().contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /**
   * Publishes the next version, whose parent must be the head.
   *
   * @return the version, which is the head from now on
   * @throws CommitConflictException if another version became the head; nothing was changed
   */
  public Version commit(Version next) throws CommitConflictException {
    Check.argument(next.line().equals(line), "Invalid line: %s (%s)", next.line(), line);
    byte[] manifest = VersionParser.toJson(next);
    OptionalInt head = head().stream().mapToInt(Version::number).findFirst();
    boolean isNext = head.equals(next.parent());
    if (!isNext || !log.create(path(name(next.number())), manifest)) { // the one atomic step
      throw new CommitConflictException(
          "Cannot commit version %s of line %s: somebody else committed first (run again)"
              .formatted(next.number(), line));
    }
    return next;
  }

  private List<String> names() {
    return log.names(FOLDER + "/" + line).stream().filter(MANIFEST.asMatchPredicate()).toList();
  }

  private Version read(String name) {
    String path = path(name);
    byte[] manifest =
        log.read(path)
            .orElseThrow(
                () -> new StoreFormatException("Cannot read %s: it is gone".formatted(path)));
    Version version = VersionParser.fromJson(manifest, path);
    if (!version.line().equals(line) || !name.equals(name(version.number()))) {
      throw new StoreFormatException(
          "Cannot read %s: it is version %s of line %s"
              .formatted(path, version.number(), version.line()));
    }
    return version;
  }

  private String path(String name) {
    return FOLDER + "/" + line + "/" + name;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%06d.json", number);
  }
}
