package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.VersionParser;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The versions of one line; its head is the highest. */
public final class Versions {
  static final String FOLDER = "versions";

  private final CommitLog log;
  private final LineId line;
  private final NumberedFiles manifests;
  private final CommitCheck check;

  Versions(CommitLog log, LineId line, CommitCheck check) {
    this.check = check;
    this.log = log;
    this.line = line;
    this.manifests = new NumberedFiles(log, FOLDER + "/" + line);
  }

  /** The line. */
  public LineId line() {
    return line;
  }

  /** The line's newest version, if it has one. */
  public Optional<Version> head() {
    OptionalInt highest = manifests.highest();
    return highest.isPresent() ? Optional.of(read(highest.getAsInt())) : Optional.empty();
  }

  /** All versions, oldest first; one that is deleted meanwhile is left out. */
  public List<Version> all() {
    return manifests.numbers().stream().flatMap(number -> readIfThere(number).stream()).toList();
  }

  /** The version of this number, if there is one. */
  public Optional<Version> find(int number) {
    return manifests.numbers().contains(number) ? readIfThere(number) : Optional.empty();
  }

  /** Whether garbage collection has marked the version of this number, and will delete it. */
  public boolean isBeingDeleted(int number) {
    return check.isMarked(manifests.path(number));
  }

  /**
   * Commits the next version, whose parent must be the head.
   *
   * @return the version, which is the head from now on
   * @throws CommitConflictException if another version became the head, or an object that the
   *     version needs is being deleted; nothing was changed
   */
  public Version commit(Version next) throws CommitConflictException {
    Check.argument(next.line().equals(line), "Invalid line: %s (%s)", next.line(), line);
    next.checkDecidesOnce();
    byte[] manifest = VersionParser.toJson(next);
    Optional<Version> head = head();
    boolean isNext = head.map(Version::number).equals(next.parent().stream().boxed().findFirst());
    if (isNext) {
      check.check(next, head);
    }
    if (!isNext || !log.create(manifests.path(next.number()), manifest)) { // the one atomic step
      throw new CommitConflictException(
          "Cannot commit version %s of line %s: another process committed first (run again)"
              .formatted(next.number(), line));
    }
    return next;
  }

  private Version read(int number) {
    return readIfThere(number)
        .orElseThrow(
            () ->
                new StoreFormatException(
                    "Cannot read %s: it is gone".formatted(manifests.path(number))));
  }

  private Optional<Version> readIfThere(int number) {
    String path = manifests.path(number);
    return log.read(path).map(manifest -> parse(number, path, manifest));
  }

  private Version parse(int number, String path, byte[] manifest) {
    Version version = VersionParser.fromJson(manifest, path);
    if (!version.line().equals(line) || version.number() != number) {
      throw new StoreFormatException(
          "Cannot read %s: it is version %s of line %s"
              .formatted(path, version.number(), version.line()));
    }
    return version;
  }
}
