package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.StoreFormatException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Lists of files in one folder, each list an immutable file that is named by its digest. */
final class TombstoneLists {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.json");
  private static final String FILES = "files";

  private final Folder folder;
  private final CommitLog log;
  private final String path;
  private final Map<String, Set<String>> read = new ConcurrentHashMap<>();

  /**
   * The lists of a folder.
   *
   * @param path of the folder with the lists, inside the other
   */
  TombstoneLists(Folder folder, String path) {
    this.folder = folder;
    this.log = CommitLogs.in(folder);
    this.path = path;
  }

  /** The digest that a list of these files is named by. */
  static Digest id(Collection<String> files) {
    return Digest.of(json(files));
  }

  /** Creates a list; false if the same list exists. */
  boolean create(Collection<String> files) {
    byte[] json = json(files);
    return log.create(path(Digest.of(json)), json);
  }

  private static byte[] json(Collection<String> files) {
    SortedSet<String> sorted = new TreeSet<>(files);
    return new JsonObject().with(FILES, List.copyOf(sorted), file -> file).bytes();
  }

  void delete(Digest id) {
    folder.delete(path(id));
  }

  /** The digests of all lists. */
  List<Digest> ids() {
    return folder.names(path).stream()
        .filter(name -> NAME.matcher(name).matches())
        .map(TombstoneLists::id)
        .toList();
  }

  /** All lists with the times when they were created. */
  List<FileEntry> entries() {
    return folder.walk(path).stream().filter(entry -> NAME.matcher(name(entry)).matches()).toList();
  }

  /** The digest that names the list of this entry. */
  Digest id(FileEntry entry) {
    return id(name(entry));
  }

  private String name(FileEntry entry) {
    return entry.name().substring(path.length() + 1);
  }

  private static Digest id(String name) {
    return new Digest(name.substring(0, 64));
  }

  /** The files of all lists. */
  Set<String> files() {
    Set<String> files = new HashSet<>();
    ids().forEach(id -> files(id).ifPresent(files::addAll));
    return files;
  }

  /** The files of a list, or nothing if it has been deleted. */
  Optional<Set<String>> files(Digest id) {
    String file = path(id);
    Set<String> known = read.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Set<String>> files = folder.read(file).map(json -> parse(json, file, id));
    files.ifPresent(content -> read.put(file, content));
    return files;
  }

  private Set<String> parse(byte[] json, String file, Digest id) {
    if (!Digest.of(json).equals(id)) {
      throw new StoreFormatException(
          "Cannot read %s: its bytes are not those that were stored ('braid fsck --repair' moves it aside)"
              .formatted(folder.location(file)));
    }
    return JsonFields.read(json, file, fields -> Set.copyOf(fields.strings(FILES)));
  }

  private String path(Digest id) {
    return "%s/%s.json".formatted(path, id);
  }
}
