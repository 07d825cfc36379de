package dev.braid.report.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;

import dev.braid.report.chart.Ink;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.List;
import java.util.stream.IntStream;

/** Lays out charts on the page: captions, rows of small charts, legends. */
final class Charts {
  private Charts() {}

  /** A chart with its caption. */
  static DomContent captioned(DomContent caption, String svg) {
    return figure(figcaption(caption), rawHtml(svg));
  }

  /** Charts side by side. */
  static DivTag row(List<DomContent> charts) {
    return div(each(charts, chart -> chart)).withClass("charts");
  }

  /** The legend of the series, in their order. */
  static DivTag legend(List<String> series) {
    return div(each(
            IntStream.range(0, series.size()).boxed().toList(),
            i -> key(Ink.ofSeries(i), series.get(i))))
        .withClass("legend");
  }

  /** One entry of a legend. */
  static DomContent key(Ink ink, String name) {
    return span(span(ink.letter()).withStyle("color:" + ink.css()), span(" " + name))
        .withClass("key");
  }
}
