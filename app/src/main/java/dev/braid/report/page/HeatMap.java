package dev.braid.report.page;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.each;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tfoot;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.model.TaskId;
import dev.braid.report.Matrix;
import dev.braid.report.RoutingTable;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A table of shares that colours each cell by its value. */
final class HeatMap {
  private final double most;

  /** Creates a heat map with full colour at this share. */
  HeatMap(double most) {
    this.most = most;
  }

  /** The accuracies after each task, with the metrics of each column below. */
  TableTag of(Matrix matrix, String title) {
    int count = matrix.tasks().size();
    return table(
            caption(title),
            thead(
                tr(
                    th("after"),
                    each(matrix.tasks(), HeatMap::heading),
                    th("mean").withClass("sum"))),
            tbody(
                each(IntStream.rangeClosed(0, count).boxed().toList(), step -> row(matrix, step))),
            tfoot(
                metrics("Transfer", matrix, matrix::transfer, matrix.transfer()),
                metrics("Average", matrix, matrix::average, matrix.average()),
                metrics("Last", matrix, matrix::last, matrix.last())))
        .withClass("heat");
  }

  private TrTag row(Matrix matrix, int step) {
    String name = step == 0 ? "base" : step + " " + matrix.tasks().get(step - 1);
    return tr(
        th(Names.breakable(name)).attr("scope", "row"),
        each(
            IntStream.rangeClosed(1, matrix.tasks().size()).boxed().toList(),
            task -> cell(matrix.at(step, task)).withCondClass(task == step, "just")),
        td(Figures.percent(matrix.mean(step))).withClass("sum"));
  }

  private static TrTag metrics(
      String name, Matrix matrix, IntToDoubleFunction ofTask, double overall) {
    return tr(
        th(name).attr("scope", "row"),
        each(
            IntStream.rangeClosed(1, matrix.tasks().size()).boxed().toList(),
            task -> td(Figures.percent(ofTask.applyAsDouble(task)))),
        td(Figures.percent(overall)).withClass("sum"));
  }

  /** The shares of each task's pictures by the task they were routed to. */
  TableTag of(RoutingTable routing, String title) {
    int count = routing.tasks().size();
    return table(
            caption(title),
            thead(
                tr(
                    th("of ↓ to →"),
                    each(routing.tasks(), HeatMap::heading),
                    th("pictures").withClass("sum"))),
            tbody(each(IntStream.range(0, count).boxed().toList(), task -> row(routing, task))))
        .withClass("heat");
  }

  private TrTag row(RoutingTable routing, int task) {
    return tr(
        th(Names.breakable(routing.tasks().get(task).name())).attr("scope", "row"),
        each(
            IntStream.range(0, routing.tasks().size()).boxed().toList(),
            to -> cell(routing.share(task, to)).withCondClass(to == task, "just")),
        td(Long.toString(routing.pictures(task))).withClass("sum"));
  }

  private static DomContent heading(TaskId task) {
    return th(Names.breakable(task.name())).attr("scope", "col");
  }

  private TdTag cell(double share) {
    if (Double.isNaN(share)) {
      return td(span(Figures.NONE).withTitle("not evaluated")).withStyle("--share:0");
    }
    long heat = Math.round(100 * Math.min(1, share / most));
    return td(Figures.percent(share)).withStyle("--share:" + heat);
  }
}
