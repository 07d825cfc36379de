package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.StoreFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files of a store that will be deleted, unless somebody needs them before. */
public final class Tombstones {
  /*
   * A sentence is a list of files, named by its digest. It waits; to be carried out it is first made
   * under "deleting" too, by one of all who try; when its files are gone, it goes.
   *
   * Who needs a condemned object writes it again over the old one, and then leaves a list of the
   * same form under "lifted". Who deletes reads those behind the step that begins; who publishes
   * asks, behind that list, whether a sentence over what he names is being carried out. So of two
   * who are at it at the same time at least one sees the other.
   *
   * "Waiting" is looked into before "deleting", as sentences move in this direction alone.
   */
  private static final String WAITING = "condemned/waiting";
  private static final String DELETING = "condemned/deleting";
  private static final String LIFTED = "condemned/lifted";
  private static final Pattern LIST = Pattern.compile("[0-9a-f]{64}\\.json");
  private static final String FILES = "files";

  private final Folder folder;
  private final CommitLog log;
  private final Map<String, Set<String>> read = new ConcurrentHashMap<>();

  /** The condemned files of the store, or the area, in this folder. */
  public Tombstones(Folder folder) {
    this.folder = folder;
    this.log = CommitLogs.in(folder);
  }

  /**
   * A list of files.
   *
   * @param id the digest of the list
   * @param passed when it was condemned, or its deletion began, by the file system's clock
   * @param isBegun whether somebody deletes its files, or did and was interrupted
   */
  public record Tombstone(Digest id, Instant passed, boolean isBegun, Set<String> files) {
    public Tombstone {
      files = Set.copyOf(files);
    }
  }

  /** All sentences; one that is begun right now may be listed twice. */
  public List<Tombstone> all() {
    List<Tombstone> found = new ArrayList<>();
    for (String place : List.of(WAITING, DELETING)) {
      for (FileEntry list : folder.walk(place)) {
        String name = list.name().substring(place.length() + 1);
        files(place, name)
            .ifPresent(
                files ->
                    found.add(
                        new Tombstone(id(name), list.modified(), place.equals(DELETING), files)));
      }
    }
    return found;
  }

  /** Condemns files. */
  public void mark(Collection<String> files) {
    put(WAITING, files);
  }

  /** Condemns files of which nothing shall be published any more, however soon. */
  public Tombstone markForImmediateDeletion(Collection<String> files) {
    return new Tombstone(put(DELETING, files), Instant.MAX, /* isBegun= */ true, Set.copyOf(files));
  }

  /** Begins to carry out a sentence that waits; false if somebody else does, or has done it. */
  public boolean begin(Tombstone tombstone) {
    String deleting = path(DELETING, tombstone.id());
    if (!log.create(deleting, json(tombstone.files()))) {
      return false;
    }
    String waiting = path(WAITING, tombstone.id());
    boolean isStillWaiting =
        folder.walk(WAITING).stream()
            .anyMatch(
                list -> list.name().equals(waiting) && list.modified().equals(tombstone.passed()));
    if (!isStillWaiting) {
      folder.delete(deleting);
    }
    return isStillWaiting;
  }

  /** Forgets a sentence that waits; one that is being carried out stays. */
  public void forget(Tombstone tombstone) {
    folder.delete(path(WAITING, tombstone.id()));
  }

  /** Forgets a sentence: its files are gone, or of use. */
  public void end(Tombstone tombstone) {
    folder.delete(path(WAITING, tombstone.id()));
    folder.delete(path(DELETING, tombstone.id()));
  }

  /** Lifts the sentences over these files, which have just been written again. */
  public void unmark(Collection<String> files) {
    put(LIFTED, files);
  }

  /** The files over which sentences are lifted. */
  public Set<String> unmarked() {
    return files(LIFTED);
  }

  /** Forgets which sentences were lifted, where there are none any more. */
  public void forgetUnmarked() {
    List<String> lists = folder.names(LIFTED); // before the sentences: a new one was lifted later
    Set<String> condemned = files(WAITING);
    condemned.addAll(files(DELETING));
    for (String list : lists) {
      if (files(LIFTED, list)
          .filter(files -> files.stream().noneMatch(condemned::contains))
          .isPresent()) {
        folder.delete(LIFTED + "/" + list);
      }
    }
  }

  /** Whether a file is condemned now; a damaged list is passed over: who publishes finds it. */
  public boolean contains(String file) {
    try {
      return now().test(file);
    } catch (StoreFormatException ignored) { // the rest of the store serves on
      return false;
    }
  }

  /**
   * Tells of files whether they are condemned now: whether they may go at any moment.
   *
   * @throws StoreFormatException if a list is damaged
   */
  public Predicate<String> now() {
    Set<String> waiting = files(WAITING);
    if (!waiting.isEmpty()) {
      waiting.removeAll(unmarked());
    }
    Set<String> deleting = files(DELETING);
    return file -> waiting.contains(file) || deleting.contains(file);
  }

  private Digest put(String place, Collection<String> files) {
    byte[] json = json(files);
    Digest id = Digest.of(json);
    var unused = log.create(path(place, id), json); // the same list twice is one
    return id;
  }

  private static byte[] json(Collection<String> files) {
    SortedSet<String> sorted = new TreeSet<>(files);
    return new JsonObject().with(FILES, List.copyOf(sorted), file -> file).bytes();
  }

  private static String path(String place, Digest id) {
    return "%s/%s.json".formatted(place, id);
  }

  private Set<String> files(String place) {
    Set<String> files = new HashSet<>();
    folder.names(place).stream()
        .flatMap(list -> files(place, list).stream())
        .forEach(files::addAll);
    return files;
  }

  /** The files of a list; nothing if it is gone by now, or not ours. */
  private Optional<Set<String>> files(String place, String list) {
    if (!LIST.matcher(list).matches()) {
      return Optional.empty();
    }
    Set<String> known = read.get(list);
    if (known != null) {
      return Optional.of(known);
    }
    String path = place + "/" + list;
    Optional<Set<String>> files = folder.read(path).map(json -> parse(json, path, id(list)));
    files.ifPresent(content -> read.put(list, content));
    return files;
  }

  private static Digest id(String list) {
    return new Digest(list.substring(0, 64));
  }

  private Set<String> parse(byte[] json, String path, Digest id) {
    if (!Digest.of(json).equals(id)) {
      throw new StoreFormatException(
          "Cannot read %s: its bytes are not those that were stored ('braid fsck --repair' moves it aside)"
              .formatted(folder.location(path)));
    }
    return JsonFields.read(json, path, fields -> Set.copyOf(fields.strings(FILES)));
  }
}
