package dev.braid.demo.figure;

import java.util.List;
import java.util.Set;

/** A class of a domain: its name and what draws it. */
public record Kind<T>(String name, T figure) {
  /** The kinds except those with these names. */
  public static <T> List<Kind<T>> without(List<Kind<T>> kinds, Set<String> names) {
    return kinds.stream().filter(kind -> !names.contains(kind.name())).toList();
  }

  public static List<String> names(List<? extends Kind<?>> kinds) {
    return kinds.stream().<String>map(Kind::name).toList();
  }
}
