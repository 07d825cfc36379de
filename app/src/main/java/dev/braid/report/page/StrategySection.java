package dev.braid.report.page;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.join;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;

import dev.braid.report.Contender;
import dev.braid.report.Metric;
import dev.braid.report.Result;
import dev.braid.report.StreamReport;
import j2html.tags.DomContent;
import j2html.tags.specialized.DetailsTag;
import j2html.tags.specialized.DivTag;
import java.util.List;
import java.util.stream.Collectors;

/** The section with all measurements of one strategy, open or folded under its final figures. */
final class StrategySection {
  private final StreamReport report;
  private final String strategy;
  private final List<Result> results;
  private final double most;

  /**
   * The section of a strategy.
   *
   * @param most the share at which the axes end and colours reach their maximum
   */
  StrategySection(StreamReport report, String strategy, double most) {
    this.report = report;
    this.strategy = strategy;
    this.most = most;
    this.results =
        report.results().stream()
            .filter(result -> result.contender().strategy().equals(strategy))
            .toList();
  }

  /**
   * The section of a page about this strategy alone: the matrices first, the settings at the end.
   */
  DivTag whole() {
    return div(
        each(Run.of(results), this::run),
        h3("Pictures and settings"),
        ComparedSection.pictures(report),
        contender(results.get(0).contender()));
  }

  /** The section as one of several on a page. */
  DetailsTag folded() {
    return details(
            summary(strong(strategy), span(lastMetrics()).withClass("aside")),
            contender(results.get(0).contender()),
            each(Run.of(results), run -> join(run(run), answers(run))))
        .withId("strategy-" + Anchors.of(strategy))
        .withClass("strategy");
  }

  private String lastMetrics() {
    return report.protocols().stream()
        .flatMap(
            protocol ->
                report.spread(strategy, protocol, Metric.LAST).stream()
                    .map(spread -> protocol + ": Last " + Figures.percent(spread.mean()) + " %"))
        .collect(Collectors.joining(" · "));
  }

  private static DomContent contender(Contender contender) {
    return dl(
            dt("Source"),
            dd(contender.source()),
            iff(
                !contender.settings().isEmpty(),
                join(
                    dt("Settings"),
                    dd(
                        each(
                            contender.settings().entrySet().stream().toList(),
                            setting ->
                                span(setting.getKey() + " = " + setting.getValue())
                                    .withClass("setting"))))))
        .withClass("facts");
  }

  /** How the last models answer. */
  DomContent answers() {
    return each(Run.of(results), this::answers);
  }

  private DomContent answers(Run run) {
    return new RunAnswers(strategy, run).content();
  }

  private DomContent run(Run run) {
    return div(
            h4("%s, %s".formatted(strategy, run.name())),
            div(each(run.results(), result -> matrix(run, result))).withClass("maps"),
            new TaskCourses(strategy, run, most).content(),
            new RunFigures(strategy, run).content())
        .withClass("run");
  }

  private DomContent matrix(Run run, Result result) {
    return new HeatMap(most)
        .of(
            result.matrix(),
            "Accuracy in %% of %s under %s, %s"
                .formatted(strategy, result.conditions().protocol(), run.name()));
  }
}
