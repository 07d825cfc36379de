package dev.braid.report.page;

import static j2html.TagCreator.each;
import static j2html.TagCreator.join;
import static j2html.TagCreator.text;
import static j2html.TagCreator.wbr;

import j2html.tags.DomContent;
import java.util.List;

/** Names that may be long, in narrow columns. */
final class Names {
  private Names() {}

  /** The name, which may be broken behind its underscores, dashes, points and blanks. */
  static DomContent breakable(String name) {
    return each(List.of(name.split("(?<=[-_.])")), part -> join(text(part), wbr()));
  }
}
