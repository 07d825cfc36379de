package dev.braid.report.page;

import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import dev.braid.model.TaskId;
import dev.braid.report.Matrix;
import dev.braid.report.Result;
import dev.braid.report.chart.Axis;
import dev.braid.report.chart.Ink;
import dev.braid.report.chart.Label;
import dev.braid.report.chart.LineChart;
import dev.braid.report.chart.Series;
import j2html.tags.DomContent;
import java.util.List;
import java.util.stream.IntStream;

/** The accuracy curves of a run: one chart per task, one line per protocol. */
final class TaskCourses {
  private static final int WIDTH = 184;
  private static final int HEIGHT = 130;

  private final String strategy;
  private final Run run;
  private final double most;

  TaskCourses(String strategy, Run run, double most) {
    this.strategy = strategy;
    this.run = run;
    this.most = most;
  }

  /** The charts as part of a page. */
  DomContent content() {
    return join(
        p(
            "Accuracy in % on each task after each learned task, under "
                + String.join(", ", run.protocols())
                + "; 0 is the base, and the vertical line marks where the task itself was"
                + " learned."),
        Charts.legend(run.protocols()),
        Charts.row(run.results().get(0).matrix().tasks().stream().map(this::chart).toList()));
  }

  private DomContent chart(TaskId task) {
    List<TaskId> tasks = run.results().get(0).matrix().tasks();
    Label label =
        new Label(
            "Accuracy on %s of %s after each task, %s, under %s"
                .formatted(task, strategy, run.name(), String.join(", ", run.protocols())),
            "Its numbers are in the task's columns of the accuracy tables.");
    LineChart chart =
        new LineChart(
            label,
            Axis.count("", tasks.size()),
            Axis.percent("", most),
            IntStream.rangeClosed(0, tasks.size()).mapToObj(step -> (double) step).toList(),
            WIDTH,
            HEIGHT);
    chart.mark(tasks.indexOf(task) + 1);
    for (int i = 0; i < run.results().size(); i++) {
      chart.with(Series.of(Ink.ofSeries(i), course(run.results().get(i), task)));
    }
    return Charts.captioned(text(task.name()), chart.svg());
  }

  private static List<Double> course(Result result, TaskId task) {
    Matrix matrix = result.matrix();
    int column = matrix.tasks().indexOf(task) + 1;
    return IntStream.range(0, matrix.rows().size())
        .mapToObj(step -> 100 * matrix.at(step, column))
        .toList();
  }
}
