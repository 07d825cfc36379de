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

/** Keeps a version from naming what is collected as garbage. */
final class CommitCheck {
  private final StoreFiles files;
  private final ObjectStore objects;
  private final References references;

  CommitCheck(StoreFiles files) {
    this.files = files;
    this.objects = files.objects();
    this.references = new References(objects);
  }

  /**
   * Refuses a version of whose objects one is gone, or may go; to be asked behind the last write,
   * before the manifest is made. What is condemned and still there is written again.
   *
   * @param head the version it is to follow, which rests on nothing that may go
   * @throws CommitConflictException if it must be made anew
   */
  void check(Version next, Optional<Version> head) throws CommitConflictException {
    Set<ObjectRef> added = added(next, head);
    rescue(added);
    Predicate<String> isCondemned = files.tombstones().now(); // before it is looked for: see there
    for (ObjectRef objectRef : added) {
      if (isCondemned.test(objectRef.file())) {
        throw conflict(next, objectRef, "is being deleted");
      } else if (!files.contains(objectRef.file())) {
        throw conflict(next, objectRef, "is gone");
      }
    }
  }

  /** What the version rests on, but for what the head names and all below it. */
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
    Predicate<String> isCondemned = files.tombstones().now();
    needed.stream()
        .filter(objectRef -> isCondemned.test(objectRef.file()))
        .forEach(this::writeAgain);
  }

  /** Writing a condemned object lifts its sentence. */
  private void writeAgain(ObjectRef objectRef) {
    try (InputStream in = objects.open(objectRef.digest(), objectRef.extension())) {
      var unused = objects.put(in, objectRef.extension());
    } catch (CorruptObjectException e) {
      if (files.contains(objectRef.file())) {
        throw e;
      } // deleted by now: the check behind this will miss it
    } catch (IOException e) {
      throw new StoreAccessException("write again", objectRef.file(), e);
    }
  }

  private static CommitConflictException conflict(Version next, ObjectRef objectRef, String why) {
    return new CommitConflictException(
        "Cannot commit version %s of line %s: a collection of garbage came in between, %s %s (run again)"
            .formatted(next.number(), next.line(), objectRef.file(), why));
  }
}
