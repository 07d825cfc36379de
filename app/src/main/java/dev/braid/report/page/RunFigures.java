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

import dev.braid.model.TaskId;
import dev.braid.report.AlignmentFigures;
import dev.braid.report.Result;
import dev.braid.report.TaskFigures;
import dev.braid.report.chart.Axis;
import dev.braid.report.chart.DotChart;
import dev.braid.report.chart.Ink;
import dev.braid.report.chart.Label;
import dev.braid.report.chart.LineChart;
import dev.braid.report.chart.Series;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The figures of a run's training and merges: masks and reconstruction, conflicts. */
final class RunFigures {
  private static final int CHART_WIDTH = 420;
  private static final int SMALL_WIDTH = 184;
  private static final int SMALL_HEIGHT = 130;

  private final String strategy;
  private final Run run;

  RunFigures(String strategy, Run run) {
    this.strategy = strategy;
    this.run = run;
  }

  /** The available figures, as part of a page. */
  DomContent content() {
    return join(
        each(distinct(RunFigures::taskFigures), figures -> figures(figures)),
        each(distinct(Result::alignments), all -> alignments(all)));
  }

  /** The figures of tasks, if there are any besides the tasks' sizes. */
  private static List<TaskFigures> taskFigures(Result result) {
    boolean none =
        result.tasks().stream()
            .allMatch(
                task ->
                    task.individual().isEmpty()
                        && task.density().isEmpty()
                        && task.relativeError().isEmpty());
    return none ? List.of() : result.tasks();
  }

  /**
   * The non-empty lists without duplicates: results of all protocols share the figures of one
   * model.
   */
  private <T> List<List<T>> distinct(Function<Result, List<T>> lists) {
    return run.results().stream().map(lists).filter(list -> !list.isEmpty()).distinct().toList();
  }

  private DomContent figures(List<TaskFigures> figures) {
    return div(numbersOf(figures), chart(figures)).withClass("beside");
  }

  private TableTag numbersOf(List<TaskFigures> figures) {
    return table(
            caption(
                "Tasks of %s at the end, %s (expert alone: before any merge, under known-task)"
                    .formatted(strategy, run.name())),
            thead(
                tr(
                    th("task"),
                    th("expert alone, %"),
                    th("mask density, %"),
                    th("relative error"),
                    th("cosine"))),
            tbody(
                each(
                    figures,
                    task ->
                        tr(
                            th(task.task().name()).attr("scope", "row"),
                            td(Figures.percent(task.individual())),
                            td(Figures.percent(task.density())),
                            td(Figures.decimal(task.relativeError())),
                            td(Figures.decimal(task.cosine()))))))
        .withClass("figures");
  }

  private DomContent chart(List<TaskFigures> figures) {
    double most =
        figures.stream().mapToDouble(task -> task.relativeError().orElse(0)).max().orElse(0);
    Label label =
        new Label(
            "Mask density and reconstruction error of each task of %s, %s"
                .formatted(strategy, run.name()),
            "The numbers are in the table next to it.");
    String svg =
        new DotChart(
                label,
                Axis.percent("%", Math.max(1, most)),
                figures.stream().map(task -> task.task().name()).toList(),
                CHART_WIDTH)
            .with(Series.of(Ink.FIRST, percents(figures, TaskFigures::density)))
            .with(Series.of(Ink.SECOND, percents(figures, TaskFigures::relativeError)))
            .svg();
    return Charts.captioned(Charts.legend(List.of("mask density", "relative error")), svg);
  }

  private static List<Double> percents(
      List<TaskFigures> figures, Function<TaskFigures, OptionalDouble> figure) {
    return figures.stream().map(task -> 100 * figure.apply(task).orElse(Double.NaN)).toList();
  }

  private DomContent alignments(List<AlignmentFigures> all) {
    List<TaskId> tasks = all.stream().map(AlignmentFigures::task).distinct().toList();
    return div(
        h4("Sign conflicts before each alignment of %s, %s".formatted(strategy, run.name())),
        p(
            "Share in % of entries whose sign differs from the global adapter's, by step of the"
                + " task's training: inside the mask, where they are reset, and overall."),
        Charts.legend(List.of("in the mask", "overall")),
        Charts.row(tasks.stream().map(task -> alignment(task, of(task, all))).toList()),
        details(summary("Show the numbers"), numbers(all)));
  }

  private static List<AlignmentFigures> of(TaskId task, List<AlignmentFigures> all) {
    return all.stream().filter(figures -> figures.task().equals(task)).toList();
  }

  private DomContent alignment(TaskId task, List<AlignmentFigures> figures) {
    double most =
        figures.stream()
            .mapToDouble(each -> Math.max(each.inMask(), each.overall()))
            .max()
            .orElse(1);
    int last = figures.get(figures.size() - 1).step();
    Label label =
        new Label(
            "Sign conflicts of %s while learning %s, %s".formatted(strategy, task, run.name()),
            "Its numbers are in the table below the charts.");
    String svg =
        new LineChart(
                label,
                Axis.ends("", last),
                Axis.percent("", most),
                figures.stream().map(each -> (double) each.step()).toList(),
                SMALL_WIDTH,
                SMALL_HEIGHT)
            .with(Series.of(Ink.FIRST, figures.stream().map(each -> 100 * each.inMask()).toList()))
            .with(
                Series.of(Ink.SECOND, figures.stream().map(each -> 100 * each.overall()).toList()))
            .svg();
    return Charts.captioned(text(task.name()), svg);
  }

  private TableTag numbers(List<AlignmentFigures> all) {
    List<TaskId> tasks = all.stream().map(AlignmentFigures::task).distinct().toList();
    List<Integer> steps = all.stream().map(AlignmentFigures::step).distinct().sorted().toList();
    return table(
        caption(
            "Sign conflicts of %s in the mask / overall in %%, %s".formatted(strategy, run.name())),
        thead(tr(th("step"), each(tasks, task -> th(task.name()).attr("scope", "col")))),
        tbody(
            each(
                steps,
                step ->
                    tr(
                        th(Integer.toString(step)).attr("scope", "row"),
                        each(tasks, task -> td(conflicts(of(task, all), step)))))));
  }

  private static String conflicts(List<AlignmentFigures> figures, int step) {
    return figures.stream()
        .filter(each -> each.step() == step)
        .findFirst()
        .map(each -> Figures.percent(each.inMask()) + " / " + Figures.percent(each.overall()))
        .orElse(Figures.NONE);
  }
}
