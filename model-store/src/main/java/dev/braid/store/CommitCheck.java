package dev.braid.store;

import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.References;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps a version from naming objects that garbage collection deletes. */
final class CommitCheck {
  private static final String IS_BEING_DELETED =
      "is being deleted; if no gc or purge is running, repeat the interrupted one";

  private final StoreFiles files;
  private final ObjectStore objects;
  private final References references;

  CommitCheck(StoreFiles files) {
    this.files = files;
    this.objects = files.objects();
    this.references = new References(objects);
  }

  /**
   * Refuses a version that needs an object which is deleted, or may be. Call it after the last
   * write and before the manifest is created. An object that is marked but still exists is written
   * again.
   *
   * @param head the version that it follows, which needs no object that may be deleted
   * @throws CommitConflictException if the version must be created again
   */
  void check(Version next, Optional<Version> head) throws CommitConflictException {
    Set<ObjectRef> added = added(next, head);
    rescue(added);
    Predicate<String> isMarked = files.tombstones().now(); // read before the objects are looked for
    for (ObjectRef objectRef : added) {
      if (isMarked.test(objectRef.file())) {
        throw conflict(next, objectRef, IS_BEING_DELETED);
      } else if (!files.contains(objectRef.file())) {
        throw conflict(next, objectRef, "is gone");
      }
    }
  }

  /** Whether a file is marked for deletion. */
  boolean isMarked(String file) {
    return files.tombstones().contains(file);
  }

  /** The objects that the version needs and the head does not. */
  private Set<ObjectRef> added(Version next, Optional<Version> head)
      throws CommitConflictException {
    Set<ObjectRef> seen = new HashSet<>();
    for (ObjectRef named : head.map(References::of).orElse(List.of())) {
      seen.add(named);
      seen.addAll(references.of(named));
    }
    Set<ObjectRef> added = new HashSet<>();
    Deque<ObjectRef> open = new ArrayDeque<>(References.of(next));
    while (!open.isEmpty()) {
      ObjectRef objectRef = open.pop();
      if (seen.add(objectRef)) {
        added.add(objectRef);
        open.addAll(below(next, objectRef));
      }
    }
    return added;
  }

  private List<ObjectRef> below(Version next, ObjectRef objectRef) throws CommitConflictException {
    try {
      return references.of(objectRef);
    } catch (CorruptObjectException e) {
      if (files.contains(objectRef.file())) {
        throw e;
      }
      throw conflict(next, objectRef, "is gone");
    }
  }

  private void rescue(Set<ObjectRef> needed) {
    Predicate<String> isMarked = files.tombstones().now();
    needed.stream().filter(objectRef -> isMarked.test(objectRef.file())).forEach(this::writeAgain);
  }

  /** Writing a marked object lifts its mark. */
  private void writeAgain(ObjectRef objectRef) {
    try (InputStream in = objects.open(objectRef.digest(), objectRef.extension())) {
      var unused = objects.put(in, objectRef.extension());
    } catch (CorruptObjectException e) {
      if (files.contains(objectRef.file())) {
        throw e;
      } // deleted by now, which the check after this finds
    } catch (IOException e) {
      throw new StoreAccessException("write again", objectRef.file(), e);
    }
  }

  private static CommitConflictException conflict(Version next, ObjectRef objectRef, String why) {
    return new CommitConflictException(
        "Cannot commit version %s of line %s: garbage was collected in between, %s %s (run again)"
            .formatted(next.number(), next.line(), objectRef.file(), why));
  }
}
