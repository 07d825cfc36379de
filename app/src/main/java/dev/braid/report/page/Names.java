package dev.braid.report.page;

import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.wbr;

import j2html.tags.DomContent;
import j2html.tags.specialized.SpanTag;

/** Names that may be long, in narrow columns. */
final class Names {
  private Names() {}

  /** The name, which may be broken behind dashes, underscores and points, and if it is long. */
  static DomContent breakable(String name) {
    SpanTag parts = span();
    for (String part : name.split("(?<=[-_.])|(?<=\\G.{12})", -1)) {
      parts.with(text(part), wbr());
    }
    return parts;
  }
}
