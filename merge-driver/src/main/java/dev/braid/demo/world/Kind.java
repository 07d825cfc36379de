package dev.braid.demo.world;

import java.util.List;

/** A class of a domain: its name and whatever draws it. */
record Kind<T>(String name, T figure) {
  static List<String> names(List<? extends Kind<?>> kinds) {
    return kinds.stream().<String>map(Kind::name).toList();
  }
}
