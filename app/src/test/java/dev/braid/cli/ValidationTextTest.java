package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValidationTextTest {
  @Test
  void lines_ofAFewTasks_nameEach() {
    assertThat(ValidationText.lines(new ValidationFigures(shares(95, 90), shares(94, 80))))
        .containsExactly(
            "Validated task known, 92.5 % in the mean: task-0 95.0, task-1 90.0",
            "          task unknown, 87.0 % in the mean: task-0 94.0, task-1 80.0");
  }

  @Test
  void lines_ofManyTasks_nameTheLowestThree() {
    assertThat(
            ValidationText.lines(
                new ValidationFigures(shares(95, 90, 92, 70, 99, 80, 85), shares())))
        .containsExactly(
            "Validated task known, 87.3 % in the mean: lowest task-3 70.0, task-5 80.0, task-6"
                + " 85.0");
    assertThat(
            ValidationText.lines(new ValidationFigures(shares(95, 90, 92, 70, 99, 80), shares())))
        .singleElement()
        .asString()
        .contains("task-4 99.0")
        .doesNotContain("lowest");
  }

  @Test
  void ofNoTask_isNothing() {
    ValidationFigures none = new ValidationFigures(shares(), shares());

    assertThat(ValidationText.lines(none)).isEmpty();
    assertThat(ValidationText.json(none).bytes()).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void json_hasTheSharesOfAllTasks() {
    assertThat(ValidationText.json(new ValidationFigures(shares(95, 90), shares(50))).bytes())
        .asString(UTF_8)
        .isEqualTo(
            "{\"known-task\":{\"mean\":0.925,\"tasks\":{\"task-0\":0.95,\"task-1\":0.9}},"
                + "\"union-labels\":{\"mean\":0.5,\"tasks\":{\"task-0\":0.5}}}");
  }

  private static SortedMap<TaskId, Proportion> shares(long... percents) {
    SortedMap<TaskId, Proportion> shares = new TreeMap<>();
    for (int i = 0; i < percents.length; i++) {
      shares.put(new TaskId("task-" + i), new Proportion(percents[i], 100));
    }
    return shares;
  }
}
