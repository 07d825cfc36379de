package dev.braid.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies for values' constructors that the JDK does not have. */
public final class Copies {
  private Copies() {}

  public static <T> SortedMap<String, T> of(SortedMap<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
