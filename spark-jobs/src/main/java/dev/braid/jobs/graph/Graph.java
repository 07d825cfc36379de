package dev.braid.jobs.graph;

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

/** What the files of a store that are no objects rest on, each object read once. */
public final class Graph {
  private final Naming naming;
  private final Map<Part, List<Part>> above = new HashMap<>();
  private final Map<Part, Set<String>> roots = new HashMap<>();
  private final SortedMap<String, String> unreadable = new TreeMap<>();

  public Graph(Naming naming) {
    this.naming = naming;
  }

  /** Follows what a file names, as far as it can be read. */
  public void add(String file, Collection<Part> named) {
    Deque<Part> next = new ArrayDeque<>();
    for (Part part : named) {
      roots.computeIfAbsent(part, unused -> new HashSet<>()).add(file);
      namers(part, next);
    }
    while (!next.isEmpty()) {
      Part part = next.remove();
      for (Part below : below(part)) {
        namers(below, next).add(part);
      }
    }
  }

  /** Who names the object, as far as is known; one that was not seen before is read next. */
  private List<Part> namers(Part part, Deque<Part> next) {
    return above.computeIfAbsent(
        part,
        unseen -> {
          next.add(unseen);
          return new ArrayList<>();
        });
  }

  private List<Part> below(Part part) {
    try {
      return naming.of(part);
    } catch (CorruptObjectException | StoreFormatException e) {
      unreadable.put(part.file(), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** All objects that are named. */
  public Set<Part> parts() {
    return Collections.unmodifiableSet(above.keySet());
  }

  /** The objects that are not what they are named as, by their files, and why. */
  public SortedMap<String, String> unreadable() {
    return Collections.unmodifiableSortedMap(unreadable);
  }

  /** The files that an object is named by, directly or through others. */
  public SortedSet<String> roots(Part part) {
    SortedSet<String> found = new TreeSet<>();
    upward(part).forEach(each -> found.addAll(roots.getOrDefault(each, Set.of())));
    return found;
  }

  /** The object and all that it is named by, directly or through others. */
  public Set<Part> upward(Part part) {
    Set<Part> found = new HashSet<>(Set.of(part));
    Deque<Part> next = new ArrayDeque<>(found);
    while (!next.isEmpty()) {
      for (Part each : above.getOrDefault(next.remove(), List.of())) {
        if (found.add(each)) {
          next.add(each);
        }
      }
    }
    return found;
  }
}
