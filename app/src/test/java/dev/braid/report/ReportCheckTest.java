package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.report.ReportCheck.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportCheckTest {
  @Test
  void check_ofAReportThatKeepsItsPromises_findsNothing() throws IOException {
    assertThat(violations(.92, .70)).isEmpty();
  }

  @Test
  void check_ofAModelThatForgot_reportsIt() throws IOException {
    assertThat(violations(.85, .60))
        .containsExactly("last is 0.850, which is not between 0.892 and 0.930");
  }

  @Test
  void check_ofAControlThatKnowsMore_reportsIt() throws IOException {
    assertThat(violations(.92, .80))
        .containsExactly("control_last is 0.800, which is not between 0.000 and 0.770");
  }

  @Test
  void check_ofNoReport_reportsIt() throws IOException {
    assertThat(ReportCheck.check("{}", Promise.QUICK)).contains("/matrix does not have seven rows");
  }

  @Test
  void check_ofAReportWithAFigureOfAnotherTask_reportsIt() throws IOException {
    String json = json(.92, .70).replace("\"task-5\":", "\"another\":");

    assertThat(ReportCheck.check(json, Promise.FULL))
        .singleElement()
        .asString()
        .endsWith(
            "task-4, another], but its tasks are [task-0, task-1, task-2, task-3, task-4, task-5]");
  }

  @Test
  void check_ofAReportWithoutTheAverageOfOwnLabels_reportsIt() throws IOException {
    String own = "\"own_labels\":{";
    String json = json(.92, .70).replace(own + "\"average\"", own + "\"mean\"");

    assertThat(ReportCheck.check(json, Promise.FULL))
        .containsExactly("own_labels.average is NaN, which is not between 0.000 and 1.000");
  }

  @Test
  void check_ofAModelThatIsLostWithoutATask_reportsIt() throws IOException {
    assertThat(ReportCheck.check(json(.92, .70, .89, .95, .07), Promise.FULL))
        .containsExactly(
            "union_labels.last is 0.890, which is not between 0.902 and 1.000",
            "routed is 0.950, which is not between 0.980 and 1.000",
            "calibration_error is 0.070, which is not between 0.000 and 0.050");
  }

  private static List<String> violations(double last, double control) throws IOException {
    return ReportCheck.check(json(last, control), Promise.FULL);
  }

  private static String json(double last, double control) {
    return json(last, control, last, .99, .02);
  }

  private static String json(
      double last, double control, double union, double routed, double calibrationError) {
    ChainReport report =
        new ChainReport(
            matrix(last),
            matrix(last),
            matrix(union),
            routed,
            calibrationError,
            all(.92),
            all(control),
            new TreeMap<>());
    return new String(report.toJson().bytes(), StandardCharsets.UTF_8);
  }

  private static Matrix matrix(double last) {
    List<TaskId> tasks = IntStream.range(0, 6).mapToObj(i -> new TaskId("task-" + i)).toList();
    List<List<Double>> rows = new ArrayList<>(Collections.nCopies(6, all(.3)));
    rows.add(all(last));
    return new Matrix(tasks, rows);
  }

  private static List<Double> all(double share) {
    return Collections.nCopies(6, share);
  }
}
