package dev.braid.demo.figure;

import java.util.List;

/** A class of a domain: its name and whatever draws it. */
public record Kind<T>(String name, T figure) {
  public static List<String> names(List<? extends Kind<?>> kinds) {
    return kinds.stream().<String>map(Kind::name).toList();
  }
}
