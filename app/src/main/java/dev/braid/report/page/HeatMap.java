package dev.braid.report.page;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
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
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A table of shares that colours each cell by its value. */
final class HeatMap {
  /** Explains a dense table. */
  static final String DENSE =
      "Columns have the numbers of the tasks in the rows. A dot is a share below 0.5 %.";

  private static final int MOST_NAMED = 14;

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

  /** Whether a routing table has so many tasks that names do not fit over its columns. */
  static boolean isDense(RoutingTable routing) {
    return routing.tasks().size() > MOST_NAMED;
  }

  /**
   * The shares of each task's pictures by the task they were routed to.
   *
   * @param ofNoTask the share of each task's pictures that was taken for pictures of no learned
   *     task; empty if that was not counted
   */
  TableTag of(RoutingTable routing, List<Double> ofNoTask, String title) {
    List<Integer> tasks = IntStream.range(0, routing.tasks().size()).boxed().toList();
    boolean dense = isDense(routing);
    return table(
            caption(title),
            thead(
                tr(
                    th("of ↓ to →"),
                    each(
                        tasks,
                        task ->
                            dense
                                ? numbered(task, routing.tasks().get(task))
                                : heading(routing.tasks().get(task))),
                    iff(!ofNoTask.isEmpty(), th("no task").withClass("sum")),
                    th("pictures").withClass("sum"))),
            tbody(each(tasks, task -> row(routing, ofNoTask, task))))
        .withClass(dense ? "heat dense" : "heat");
  }

  private TrTag row(RoutingTable routing, List<Double> ofNoTask, int task) {
    boolean dense = isDense(routing);
    String name = routing.tasks().get(task).name();
    return tr(
        th(Names.breakable(dense ? task + 1 + " " + name : name)).attr("scope", "row"),
        each(
            IntStream.range(0, routing.tasks().size()).boxed().toList(),
            to ->
                (dense ? rounded(routing.share(task, to)) : cell(routing.share(task, to)))
                    .withCondClass(to == task, "just")),
        iff(
            !ofNoTask.isEmpty(),
            td(ofNoTask.isEmpty() ? "" : Figures.percent(ofNoTask.get(task))).withClass("sum")),
        td(Long.toString(routing.pictures(task))).withClass("sum"));
  }

  private static DomContent numbered(int task, TaskId name) {
    return th(Integer.toString(task + 1)).withTitle(name.name()).attr("scope", "col");
  }

  /** A cell of a table with narrow columns. */
  private TdTag rounded(double share) {
    String text = share == 0 ? "" : share < 0.005 ? "·" : "%.0f".formatted(100 * share);
    return cell(share, Double.isNaN(share) ? Figures.NONE : text);
  }

  private static DomContent heading(TaskId task) {
    return th(Names.breakable(task.name())).attr("scope", "col");
  }

  private TdTag cell(double share) {
    if (Double.isNaN(share)) {
      return td(span(Figures.NONE).withTitle("not evaluated")).withStyle("--share:0");
    }
    return cell(share, Figures.percent(share));
  }

  private TdTag cell(double share, String text) {
    long heat = Double.isNaN(share) ? 0 : Math.round(100 * Math.min(1, share / most));
    return td(text).withStyle("--share:" + heat);
  }
}
