package dev.braid.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable copies that the JDK lacks, for the constructors of values. */
public final class Copies {
  private Copies() {}

  public static <K, V> SortedMap<K, V> of(SortedMap<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
