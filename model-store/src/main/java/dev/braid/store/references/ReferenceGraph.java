package dev.braid.store.references;

import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects that a store's other files refer to, directly or not; each is read once. */
public final class ReferenceGraph {
  private final References references;
  private final Map<ObjectRef, List<ObjectRef>> above = new HashMap<>();
  private final Map<ObjectRef, Set<String>> roots = new HashMap<>();
  private final SortedMap<String, String> unreadable = new TreeMap<>();

  public ReferenceGraph(References references) {
    this.references = references;
  }

  /** Follows the references of a file as far as they can be read. */
  public void add(String file, Collection<ObjectRef> named) {
    Deque<ObjectRef> next = new ArrayDeque<>();
    for (ObjectRef objectRef : named) {
      roots.computeIfAbsent(objectRef, unused -> new HashSet<>()).add(file);
      namers(objectRef, next);
    }
    while (!next.isEmpty()) {
      ObjectRef objectRef = next.remove();
      for (ObjectRef below : below(objectRef)) {
        namers(below, next).add(objectRef);
      }
    }
  }

  /** The objects known to name this one; one that was not seen before is read next. */
  private List<ObjectRef> namers(ObjectRef objectRef, Deque<ObjectRef> next) {
    return above.computeIfAbsent(
        objectRef,
        unseen -> {
          next.add(unseen);
          return new ArrayList<>();
        });
  }

  private List<ObjectRef> below(ObjectRef objectRef) {
    try {
      return references.of(objectRef);
    } catch (CorruptObjectException | StoreFormatException e) {
      unreadable.put(objectRef.file(), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** All objects that are named. */
  public Set<ObjectRef> parts() {
    return Collections.unmodifiableSet(above.keySet());
  }

  /** The reasons why objects are not of their kind, by their files. */
  public SortedMap<String, String> unreadable() {
    return Collections.unmodifiableSortedMap(unreadable);
  }

  /** The files that name an object, directly or through objects. */
  public SortedSet<String> roots(ObjectRef objectRef) {
    SortedSet<String> found = new TreeSet<>();
    upward(objectRef).forEach(each -> found.addAll(roots.getOrDefault(each, Set.of())));
    return found;
  }

  /** The object and all objects that name it, directly or through others. */
  public Set<ObjectRef> upward(ObjectRef objectRef) {
    Set<ObjectRef> found = new HashSet<>(Set.of(objectRef));
    Deque<ObjectRef> next = new ArrayDeque<>(found);
    while (!next.isEmpty()) {
      for (ObjectRef each : above.getOrDefault(next.remove(), List.of())) {
        if (found.add(each)) {
          next.add(each);
        }
      }
    }
    return found;
  }
}
