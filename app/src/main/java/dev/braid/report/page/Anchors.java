package dev.braid.report.page;

import dev.braid.model.Digest;

/** The anchors of the page. */
final class Anchors {
  private Anchors() {}

  /** An anchor that is safe in a URL and unique to the text. */
  static String of(String text) {
    return Digest.of(text).abbreviated();
  }
}
