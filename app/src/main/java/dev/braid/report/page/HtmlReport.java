package dev.braid.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.join;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.braid.model.Digest;
import dev.braid.report.Metric;
import dev.braid.report.StreamReport;
import j2html.tags.DomContent;
import j2html.tags.specialized.BodyTag;
import j2html.tags.specialized.HeadTag;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/*
 * The page is one file that needs no network: styles and charts are inlined. All texts pass through
 * j2html, which escapes them, or through the XML serializer of the charts. As a second line of
 * defence, the content security policy allows no script except the one below, which it identifies
 * by its digest, and no pictures except those inside the page.
 */
/** Writes a report as a page. */
final class HtmlReport {
  private final StreamReport report;
  private final double most;

  private HtmlReport(StreamReport report) {
    this.report = report;
    this.most =
        report.results().stream()
            .flatMap(result -> result.matrix().rows().stream())
            .flatMap(List::stream)
            .filter(share -> !share.isNaN())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
  }

  /** The page's text. */
  static String of(StreamReport report) {
    HtmlReport page = new HtmlReport(report);
    return document(html(page.pageHead(), page.pageBody()).withLang("en"));
  }

  private HeadTag pageHead() {
    String script = resource("report.js");
    String digest =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Digest.of(script).toString()));
    return head(
        meta().withCharset("utf-8"),
        meta()
            .attr("http-equiv", "Content-Security-Policy")
            .withContent(
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'; img-src data:"
                    .formatted(digest)),
        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
        title("%s (%s)".formatted(report.title(), protocols())),
        style(rawHtml(resource("report.css"))),
        script(rawHtml(script)));
  }

  private BodyTag pageBody() {
    return body(
        header(h1(report.title()), p("Protocols: " + protocols()).withClass("aside")),
        navigation(),
        compares()
            ? main(comparison(), metrics(), details(), provenance())
            : main(singleStrategy()));
  }

  /** Whether the report compares several strategies. */
  private boolean compares() {
    return report.strategies().size() > 1;
  }

  private DomContent comparison() {
    return join(
        new ComparedSection(report).content(),
        each(
            report.protocols(), protocol -> new ProtocolSection(report, protocol, most).content()));
  }

  private DomContent details() {
    return section(
            h2("Every strategy in detail (" + protocols() + ")"),
            p(howToReadCells()),
            each(
                report.strategies(),
                strategy -> new StrategySection(report, strategy, most).folded()))
        .withId("details");
  }

  private DomContent singleStrategy() {
    return join(
        each(report.head().stream().toList(), head -> new HeadSection(report, head).content()),
        section(
                h2("After every task (" + protocols() + ")"),
                p(howToReadCells()),
                new StrategySection(report, report.strategies().get(0), most).whole())
            .withId("details"),
        iff(hasAnswers(), answers()),
        metrics(),
        provenance());
  }

  private boolean hasAnswers() {
    return RunAnswers.areIn(report.results());
  }

  private SectionTag answers() {
    return section(
            h2("How the last version answers (" + protocols() + ")"),
            new StrategySection(report, report.strategies().get(0), most).answers())
        .withId("answers");
  }

  private String howToReadCells() {
    return "The bluer a cell, the higher the accuracy: full colour is %s %%, the"
            .formatted(Figures.percent(most))
        + " highest on this page. The framed cell of a row is the task just learned; to its right"
        + " are tasks not yet learned. A dash marks a task that was not evaluated.";
  }

  private String protocols() {
    return String.join(", ", report.protocols());
  }

  private DomContent navigation() {
    DomContent metrics = a("Metrics").withHref("#metrics");
    DomContent provenance = a("Provenance").withHref("#provenance");
    if (!compares()) {
      return nav(
          iff(report.head().isPresent(), a("State of the line").withHref("#head")),
          a("After every task").withHref("#details"),
          iff(hasAnswers(), a("Answers").withHref("#answers")),
          metrics,
          provenance);
    }
    return nav(
        a("What is compared").withHref("#compared"),
        each(
            report.protocols(),
            protocol -> a(protocol).withHref("#protocol-" + Anchors.of(protocol))),
        metrics,
        a("Details").withHref("#details"),
        provenance);
  }

  /** The definitions of the metrics, with their values if the page is about one strategy. */
  private SectionTag metrics() {
    List<String> shown = compares() ? List.of() : report.protocols();
    return section(
            h2("Metrics"),
            p(
                "A[i][j] is the accuracy on task j after task i was learned; T is the number of"
                    + " tasks, and row 0 is the base. A metric is missing if one of its cells is"
                    + " missing."),
            table(
                    caption(
                        "The metrics and their formulas, the same under every protocol"
                            + (shown.isEmpty() ? "" : ", in %" + Figures.spreads(report))),
                    thead(
                        tr(
                            th("metric"),
                            each(shown, protocol -> th(protocol).withClass("number")),
                            th("formula"),
                            th("meaning"))),
                    tbody(
                        each(
                            List.of(Metric.values()),
                            metric ->
                                tr(
                                    th(metric.label()).attr("scope", "row"),
                                    each(
                                        shown,
                                        protocol ->
                                            MetricCell.of(
                                                    report,
                                                    report.strategies().get(0),
                                                    protocol,
                                                    metric)
                                                .withClass("number")),
                                    td(metric.formula()),
                                    td(metric.meaning())))))
                .withClass("words"))
        .withId("metrics");
  }

  private SectionTag provenance() {
    return section(
            h2("Provenance"),
            table(
                    caption("Origin of the figures"),
                    tbody(
                        each(
                            report.provenance().entrySet().stream().toList(),
                            entry ->
                                tr(th(entry.getKey()).attr("scope", "row"), td(entry.getValue())))))
                .withClass("words"))
        .withId("provenance");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks the resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource %s".formatted(name), e);
    }
  }
}
