package dev.braid.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.model.TaskId;
import dev.braid.report.Metric;
import dev.braid.report.Result;
import dev.braid.report.StreamReport;
import dev.braid.report.TaskFigures;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.stream.Collectors;

/** The section that lists the compared strategies and explains how to read the page. */
final class ComparedSection {
  private final StreamReport report;

  ComparedSection(StreamReport report) {
    this.report = report;
  }

  /** The section as part of a page. */
  SectionTag content() {
    return section(
            h2("What is compared"),
            p(summary()),
            p(howToRead()),
            dl(each(report.orders(), order -> join(dt("Order " + order), dd(tasks(order)))))
                .withClass("facts"),
            div(lastMetrics(), pictures(report)).withClass("beside"))
        .withId("compared");
  }

  private TableTag lastMetrics() {
    return table(
            caption(
                "Accuracy over all tasks at the end (Last) in %"
                    + Figures.spreads(report)
                    + ", under "
                    + String.join(", ", report.protocols())),
            thead(
                tr(
                    th("strategy"),
                    each(report.protocols(), protocol -> th(protocol).attr("scope", "col")),
                    th("source").withClass("source"))),
            tbody(each(report.strategies(), this::lastMetrics)))
        .withClass("comparison");
  }

  private TrTag lastMetrics(String strategy) {
    return tr(
            th(a(strategy).withHref("#strategy-" + Anchors.of(strategy))).attr("scope", "row"),
            each(
                report.protocols(),
                protocol -> MetricCell.of(report, strategy, protocol, Metric.LAST)),
            td(source(strategy)).withClass("source"))
        .withCondClass(report.references().contains(strategy), "reference");
  }

  private String source(String strategy) {
    return report.results().stream()
        .map(Result::contender)
        .filter(contender -> contender.strategy().equals(strategy))
        .findFirst()
        .orElseThrow()
        .source();
  }

  /** The tasks' sizes, from the first result that has them. */
  static DomContent pictures(StreamReport report) {
    return report.results().stream()
        .map(Result::tasks)
        .filter(figures -> !figures.isEmpty())
        .findFirst()
        .<DomContent>map(ComparedSection::pictures)
        .orElse(text(""));
  }

  private static TableTag pictures(List<TaskFigures> figures) {
    return table(
        caption("Pictures, under every protocol"),
        thead(tr(th("task"), th("classes"), th("trained on"), th("tested on"))),
        tbody(
            each(
                figures,
                task ->
                    tr(
                        th(task.task().name()).attr("scope", "row"),
                        td(Integer.toString(task.classes())),
                        td(Long.toString(task.trained())),
                        td(Long.toString(task.tested()))))));
  }

  private String summary() {
    int tasks = report.results().get(0).matrix().tasks().size();
    return "%s %s one after the other, in %s, with %s %s. After each task the accuracy on all tasks' test pictures is measured, under %s: %s."
        .formatted(
            report.strategies().size() + " strategies learn the same",
            Figures.count(tasks, "task", "tasks"),
            Figures.count(report.orders().size(), "order", "orders"),
            report.seeds().size() == 1 ? "seed" : "seeds",
            report.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            Figures.count(report.protocols().size(), "protocol", "protocols"),
            String.join(", ", report.protocols()));
  }

  private String howToRead() {
    return "How to read it: start with the table of the protocol that matches your use. Last is the"
        + " accuracy at the end, Forgetting the accuracy lost on learned tasks by then"
        + " (lower is better), Transfer the accuracy on tasks not yet learned. A star marks"
        + " the best of a column"
        + bounds()
        + ".";
  }

  private String bounds() {
    List<String> bounds =
        report.strategies().stream().filter(report.references()::contains).toList();
    return bounds.isEmpty()
        ? ""
        : "; bounds, in italics, are excluded (%s)".formatted(String.join(", ", bounds));
  }

  private String tasks(String order) {
    List<TaskId> tasks =
        report.results().stream()
            .filter(result -> result.conditions().order().equals(order))
            .map(Result::matrix)
            .map(matrix -> matrix.tasks())
            .findFirst()
            .orElseThrow();
    return tasks.stream().map(TaskId::name).collect(Collectors.joining(" → "));
  }
}
