package dev.braid.report.page;

import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.wbr;

import j2html.tags.DomContent;
import j2html.tags.specialized.SpanTag;

/** Makes long names fit narrow columns. */
final class Names {
  private Names() {}

  /**
   * The name with line break opportunities after dashes, underscores, dots and every 12 characters.
   */
  static DomContent breakable(String name) {
    SpanTag parts = span();
    for (String part : name.split("(?<=[-_.])|(?<=\\G.{12})", -1)) {
      parts.with(text(part), wbr());
    }
    return parts;
  }
}
