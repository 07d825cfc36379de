package dev.braid.report.page;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.CalibrationError.Bin;
import dev.braid.report.Result;
import dev.braid.report.chart.Axis;
import dev.braid.report.chart.Ink;
import dev.braid.report.chart.Label;
import dev.braid.report.chart.LineChart;
import dev.braid.report.chart.Series;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The reliability diagrams of a run (Guo et al. 2017): accuracy by confidence. */
final class Reliability {
  private static final int WIDTH = 260;
  private static final int HEIGHT = 200;

  private final String strategy;
  private final String run;
  private final List<Result> results;

  /**
   * The diagrams of these results.
   *
   * @param results one per protocol, all with answers
   */
  Reliability(String strategy, String run, List<Result> results) {
    this.strategy = strategy;
    this.run = run;
    this.results = results;
  }

  /** The diagrams and their numbers, as part of a page. */
  DomContent content() {
    return join(
        h4("Whether the probabilities of %s are right, %s".formatted(strategy, run)),
        p(
            "Accuracy in % by confidence in %, the probability of the answer. Each point is a bin"
                + " of answers of similar confidence. On the grey line both are equal: of the"
                + " answers with 80 % confidence, 80 % are right. Below it, answers are too"
                + " confident. The expected calibration error is the mean distance of the points"
                + " from the line, weighted by their pictures: points of few pictures scatter."),
        Charts.row(results.stream().map(this::diagram).toList())
            .withClasses("charts", "reliability"),
        details(summary("Show the numbers"), div(each(results, this::numbers)).withClass("maps")));
  }

  private static CalibrationError confidence(Result result) {
    return result.answers().orElseThrow().confidence();
  }

  private DomContent diagram(Result result) {
    String protocol = result.conditions().protocol();
    Label label =
        new Label(
            "Accuracy of %s by confidence under %s, %s".formatted(strategy, protocol, run),
            "Its numbers are in the table below the charts.");
    List<Double> confidences = new ArrayList<>(List.of(0.0));
    List<Double> accuracies = new ArrayList<>(List.of(Double.NaN));
    for (Bin bin : confidence(result).bins()) {
      if (bin.pictures() > 0) {
        confidences.add(100 * bin.meanConfidence());
        accuracies.add(100 * bin.accuracy());
      }
    }
    confidences.add(100.0);
    accuracies.add(Double.NaN);
    String svg =
        new LineChart(label, Axis.percent("", 1), Axis.percent("", 1), confidences, WIDTH, HEIGHT)
            .behind(Series.of(Ink.CONTEXT, confidences))
            .with(Series.of(Ink.FIRST, accuracies))
            .svg();
    return Charts.captioned(text("%s: %s".formatted(protocol, error(result))), svg);
  }

  private static String error(Result result) {
    return "calibration error %s points".formatted(Figures.percent(confidence(result).expected()));
  }

  private TableTag numbers(Result result) {
    List<Bin> bins = confidence(result).bins();
    return table(
        caption(
            "Confidence of %s under %s, %s, in %%: %s"
                .formatted(strategy, result.conditions().protocol(), run, error(result))),
        thead(tr(th("bin"), th("confidence"), th("accuracy"), th("pictures"))),
        tbody(
            each(
                IntStream.range(0, bins.size()).boxed().toList(),
                bin ->
                    tr(
                        th(range(bin, bins.size())).attr("scope", "row"),
                        td(Figures.percent(bins.get(bin).meanConfidence())),
                        td(Figures.percent(bins.get(bin).accuracy())),
                        td(Long.toString(bins.get(bin).pictures()))))));
  }

  private static String range(int bin, int bins) {
    return "%s to %s"
        .formatted(Figures.percent((double) bin / bins), Figures.percent((bin + 1.0) / bins));
  }
}
