package dev.braid.report.page;

import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.report.AnswerFigures;
import dev.braid.report.Conditions;
import dev.braid.report.ConfusedPair;
import dev.braid.report.Contender;
import dev.braid.report.Matrix;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
import dev.braid.report.StreamReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small report in which every name is a piece of code and some cells are missing. */
final class HostileReport {
  static final String SCRIPT = "<script>alert('x')</script>";
  static final String BREAKOUT = "\"'></title></style><img src=x onerror=alert(1)>, &amp;\n%s%n";

  private HostileReport() {}

  static StreamReport report() {
    List<TaskId> tasks = List.of(new TaskId("script"), new TaskId("b".repeat(63)));
    Matrix matrix =
        new Matrix(
            tasks,
            List.of(List.of(Matrix.MISSING, Matrix.MISSING), List.of(.125, .25), List.of(.5, 1.0)));
    Confusion confusion = new Confusion(BREAKOUT, tasks.get(0), SCRIPT, 2, 0);
    Result first =
        Result.of(
            new Contender(SCRIPT, BREAKOUT, new TreeMap<>(Map.of(SCRIPT, BREAKOUT))),
            new Conditions(SCRIPT, BREAKOUT, -1),
            matrix);
    Result second =
        Result.of(
                new Contender(BREAKOUT, SCRIPT, new TreeMap<>()),
                new Conditions("known-task", SCRIPT, 1),
                matrix)
            .withRouting(new RoutingTable(tasks, List.of(List.of(0L, 0L), List.of(1L, 2L))))
            .withAnswers(
                new AnswerFigures(
                    tasks,
                    List.of(1L, 3L),
                    List.of(0L, 1L),
                    CalibrationError.ofCorrect(.875).plus(CalibrationError.ofWrong(.5)),
                    List.of(List.of(), List.of(confusion))))
            .withConfused(
                List.of(
                    new ConfusedPair(
                        tasks.get(1),
                        confusion,
                        3,
                        Optional.of(RandomReport.DOT),
                        Optional.empty())));
    return new StreamReport(
        SCRIPT + BREAKOUT, List.of(first, second), new TreeMap<>(Map.of(SCRIPT, BREAKOUT)));
  }
}
