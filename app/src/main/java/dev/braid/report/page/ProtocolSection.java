package dev.braid.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.report.Metric;
import dev.braid.report.Spread;
import dev.braid.report.StreamReport;
import dev.braid.report.chart.Axis;
import dev.braid.report.chart.DotChart;
import dev.braid.report.chart.Ink;
import dev.braid.report.chart.Label;
import dev.braid.report.chart.LineChart;
import dev.braid.report.chart.Series;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The section on all strategies under one protocol: a table, a chart and the course of learning.
 */
final class ProtocolSection {
  private static final List<Metric> COLUMNS =
      List.of(
          Metric.LAST,
          Metric.FORGETTING,
          Metric.BACKWARD_TRANSFER,
          Metric.AVERAGE,
          Metric.TRANSFER,
          Metric.FORWARD_TRANSFER);
  private static final List<Metric> DOTS = List.of(Metric.LAST, Metric.AVERAGE, Metric.TRANSFER);
  private static final int CHART_WIDTH = 350;
  private static final int SMALL_WIDTH = 188;
  private static final int SMALL_HEIGHT = 130;

  private final StreamReport report;
  private final String protocol;
  private final List<String> strategies;
  private final double most;

  /**
   * The section of a protocol.
   *
   * @param most the share at which the axes end
   */
  ProtocolSection(StreamReport report, String protocol, double most) {
    this.report = report;
    this.protocol = protocol;
    this.most = most;
    this.strategies =
        report.strategies().stream()
            .filter(strategy -> !report.of(strategy, protocol).isEmpty())
            .toList();
  }

  /** The section as part of a page. */
  SectionTag content() {
    return section(
            h2("Protocol " + protocol),
            p(ProtocolTexts.meaning(protocol)),
            div(comparison(), chart()).withClass("beside"),
            h3("Accuracy over all tasks during learning, protocol " + protocol),
            p(
                "Mean accuracy in % over all tasks, learned or not, after each task; 0 is the base."
                    + " The coloured line is the named strategy, the grey ones are the others."),
            Charts.row(strategies.stream().map(this::course).toList()),
            details(summary("Show the numbers"), courses()))
        .withId("protocol-" + Anchors.of(protocol));
  }

  private TableTag comparison() {
    return table(
            caption("Strategies under " + protocol + ", in %" + Figures.spreads(report)),
            thead(
                tr(
                    th("strategy"),
                    each(COLUMNS, metric -> th(metric.label()).withTitle(metric.formula())),
                    th("runs"))),
            tbody(each(strategies, this::row)))
        .withClass("comparison");
  }

  private TrTag row(String strategy) {
    return tr(
            th(a(strategy).withHref("#strategy-" + Anchors.of(strategy))).attr("scope", "row"),
            each(COLUMNS, metric -> MetricCell.of(report, strategy, protocol, metric)),
            td(Integer.toString(report.of(strategy, protocol).size())))
        .withCondClass(report.references().contains(strategy), "reference");
  }

  private Spread spread(String strategy, Metric metric) {
    return report.spread(strategy, protocol, metric).orElseThrow();
  }

  private DomContent chart() {
    Label label =
        new Label(
            "Last, Average and Transfer of each strategy under " + protocol,
            "The numbers are in the table next to it; lines to both sides are one standard"
                + " deviation.");
    DotChart chart =
        new DotChart(label, Axis.percent("accuracy in %", most), strategies, CHART_WIDTH);
    for (int i = 0; i < DOTS.size(); i++) {
      Metric metric = DOTS.get(i);
      chart.with(
          new Series(
              Ink.ofSeries(i),
              strategies.stream().map(name -> 100 * spread(name, metric).mean()).toList(),
              strategies.stream()
                  .map(name -> 100 * spread(name, metric).deviation().orElse(Double.NaN))
                  .toList()));
    }
    return Charts.captioned(Charts.legend(DOTS.stream().map(Metric::label).toList()), chart.svg());
  }

  private DomContent course(String strategy) {
    List<Double> course = course(report.meanCourse(strategy, protocol));
    Label label =
        new Label(
            "Mean accuracy of " + strategy + " after each task under " + protocol,
            "Its numbers are in the table below the charts.");
    LineChart chart =
        new LineChart(
            label,
            Axis.count("", course.size() - 1),
            Axis.percent("", most),
            steps(course.size()),
            SMALL_WIDTH,
            SMALL_HEIGHT);
    strategies.stream()
        .filter(other -> !other.equals(strategy))
        .map(other -> course(report.meanCourse(other, protocol)))
        .filter(other -> other.size() == course.size())
        .forEach(other -> chart.behind(Series.of(Ink.CONTEXT, other)));
    return Charts.captioned(text(strategy), chart.with(Series.of(Ink.FIRST, course)).svg());
  }

  private static List<Double> course(List<Double> shares) {
    return shares.stream().map(share -> 100 * share).toList();
  }

  private static List<Double> steps(int count) {
    return IntStream.range(0, count).mapToObj(step -> (double) step).toList();
  }

  private TableTag courses() {
    int steps =
        strategies.stream()
            .mapToInt(strategy -> report.meanCourse(strategy, protocol).size())
            .max()
            .orElse(0);
    return table(
        caption("Mean accuracy in % over all tasks after each task, protocol " + protocol),
        thead(
            tr(
                th("strategy"),
                each(
                    IntStream.range(0, steps).boxed().toList(),
                    step -> th(step == 0 ? "base" : Integer.toString(step))))),
        tbody(
            each(
                strategies,
                strategy ->
                    tr(
                        th(strategy).attr("scope", "row"),
                        each(
                            report.meanCourse(strategy, protocol),
                            share -> td(Figures.percent(share)))))));
  }
}
