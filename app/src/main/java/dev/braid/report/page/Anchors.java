package dev.braid.report.page;

import dev.braid.model.Digest;

/** Names of places on the page. */
final class Anchors {
  private Anchors() {}

  /** A name that is safe in an address, another one for every text. */
  static String of(String text) {
    return Digest.of(text).abbreviated();
  }
}
