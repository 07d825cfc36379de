package dev.braid.jobs.gc;

import dev.braid.jobs.graph.Naming;
import dev.braid.jobs.graph.Part;
import dev.braid.model.Version;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
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
public final class CommitCheck {
  private final StoreFiles files;
  private final ObjectStore objects;
  private final Naming naming;

  public CommitCheck(StoreLocation location) {
    this.files = StoreFiles.at(location);
    this.objects = files.objects();
    this.naming = new Naming(objects);
  }

  /**
   * Refuses a version of whose objects one is gone, or may go; to be asked behind the last write,
   * before the manifest is made. What is condemned and still there is written again.
   *
   * @param head the version it is to follow, which rests on nothing that may go
   * @throws CommitConflictException if it must be made anew
   */
  public void check(Version next, Optional<Version> head) throws CommitConflictException {
    Set<Part> added = added(next, head);
    rescue(added);
    Predicate<String> isCondemned = files.condemned().now(); // before it is looked for: see there
    for (Part part : added) {
      if (isCondemned.test(part.file())) {
        throw conflict(next, part, "is being deleted");
      } else if (!files.contains(part.file())) {
        throw conflict(next, part, "is gone");
      }
    }
  }

  /** What the version rests on, but for what the head names and all below it. */
  private Set<Part> added(Version next, Optional<Version> head) throws CommitConflictException {
    Set<Part> seen = new HashSet<>();
    for (Part named : head.map(Naming::of).orElse(List.of())) {
      seen.add(named);
      seen.addAll(naming.of(named));
    }
    Set<Part> added = new HashSet<>();
    Deque<Part> open = new ArrayDeque<>(Naming.of(next));
    while (!open.isEmpty()) {
      Part part = open.pop();
      if (seen.add(part)) {
        added.add(part);
        open.addAll(below(next, part));
      }
    }
    return added;
  }

  private List<Part> below(Version next, Part part) throws CommitConflictException {
    try {
      return naming.of(part);
    } catch (CorruptObjectException e) {
      if (files.contains(part.file())) {
        throw e;
      }
      throw conflict(next, part, "is gone");
    }
  }

  private void rescue(Set<Part> needed) {
    Predicate<String> isCondemned = files.condemned().now();
    needed.stream().filter(part -> isCondemned.test(part.file())).forEach(this::writeAgain);
  }

  /** Writing a condemned object lifts its sentence. */
  private void writeAgain(Part part) {
    try (InputStream in = objects.open(part.digest(), part.extension())) {
      var unused = objects.put(in, part.extension());
    } catch (CorruptObjectException e) {
      if (files.contains(part.file())) {
        throw e;
      } // deleted by now: the check behind this will miss it
    } catch (IOException e) {
      throw new StoreAccessException("write again", part.file(), e);
    }
  }

  private static CommitConflictException conflict(Version next, Part part, String why) {
    return new CommitConflictException(
        "Cannot commit version %s of line %s: a collection of garbage came in between, %s %s (run again)"
            .formatted(next.number(), next.line(), part.file(), why));
  }
}
