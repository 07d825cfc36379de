package dev.braid.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies for values' constructors that the JDK does not have. */
public final class Copies {
  private Copies() {}

  public static <K, V> SortedMap<K, V> of(SortedMap<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
