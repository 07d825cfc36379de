package dev.braid.store.json.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.MergeHealth.Limits;
import dev.braid.model.figures.MergeHealth.OfDelta;
import dev.braid.model.figures.MergeHealth.OfTask;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MergeHealthParserTest {
  private static final Limits LIMITS = new Limits(10, 0.6, 0.2, 0.01);
  private static final OfDelta ORDINARY = delta(2e-3, 0.4, List.of("a"));

  @Test
  void ordinaryMerge_raisesNoAlarm() {
    assertThat(alarms(ORDINARY, task("x", 500, false))).isEmpty();
  }

  @Test
  void firstTask_isComparedWithNone() {
    OfDelta first = new OfDelta(new TaskId("x"), 5, Optional.empty(), 0, List.of(), 10);

    assertThat(alarms(first, task("x", 1000, false))).isEmpty();
  }

  @Test
  void deltaOfAnotherSize_isTold() {
    assertThat(alarms(delta(2.2e-2, 0.4, List.of()), task("x", 500, false)))
        .containsExactly(
            "The delta of x is 11.0 times as large as those of the others (0.100 to 10.0)");
    assertThat(alarms(delta(1e-4, 0.4, List.of()), task("x", 500, false)))
        .containsExactly(
            "The delta of x is 0.0500 times as large as those of the others (0.100 to 10.0)");
  }

  @Test
  void deltaAgainstTheElectedSigns_isTold() {
    assertThat(alarms(delta(2e-3, 0.61, List.of()), task("x", 500, false)))
        .containsExactly(
            "Of the delta of x, 61.0 % of the signs are not the elected ones (at most 60.0 %)");
  }

  @Test
  void deltaWithManyZeroTensors_isTold() {
    assertThat(alarms(delta(2e-3, 0.4, List.of("a", "b", "c")), task("x", 500, false)))
        .containsExactly(
            "Of the delta of x, 3 of 10 groups of tensors are 0 throughout (at most 20.0 %), the"
                + " first is a");
  }

  @Test
  void thinnedTask_isToldOnce() {
    MergeHealth thin = health(ORDINARY, task("old", 9, false));

    assertThat(thin.alarmsSince(health(ORDINARY, task("old", 10, false)), LIMITS))
        .containsExactly(
            "Task old agrees with the unified delta at 0.9 % of the coordinates alone (at least"
                + " 1.0 %)");
    assertThat(thin.alarmsSince(thin, LIMITS)).isEmpty();
  }

  @Test
  void lostTask_isToldWhateverTheLimits() {
    MergeHealth lost = health(ORDINARY, task("old", 0, true));

    assertThat(lost.alarmsSince(health(ORDINARY, task("old", 5, false)), Limits.NONE))
        .containsExactly("Nothing of task old is left in the unified delta");
  }

  @Test
  void healthOfAnOlderRelease_isRead() {
    String json =
        "{\"tasks\":[{\"coordinates\":10,\"covered\":3,\"lost\":0,\"lost-groups\":[\"g\"],\"task\":\"x\"}]}";

    assertThat(MergeHealthParser.fromJson(json.getBytes(UTF_8), "file"))
        .isEqualTo(
            new MergeHealth(
                List.of(new OfTask(new TaskId("x"), 3, 10, List.of("g"), false)),
                Optional.empty()));
  }

  @Test
  void json_givesTheSameHealth() {
    MergeHealth health = health(ORDINARY, task("x", 500, false));

    assertThat(MergeHealthParser.fromJson(MergeHealthParser.toJson(health), "file"))
        .isEqualTo(health);
  }

  @Test
  void limitsBeyondAllShares_areRefused() {
    assertThatThrownBy(() -> new Limits(0.5, 0.6, 0.2, 0.01))
        .hasMessage("Invalid max-size-ratio: 0.5 (at least 1)");
    assertThatThrownBy(() -> new Limits(10, 1.5, 0.2, 0.01))
        .hasMessage("Invalid max-sign-conflicts: 150.0 (0 to 100)");
  }

  private static List<String> alarms(OfDelta added, OfTask task) {
    return health(added, task).alarmsSince(MergeHealth.NONE, LIMITS);
  }

  private static MergeHealth health(OfDelta added, OfTask task) {
    return new MergeHealth(List.of(task), Optional.of(added));
  }

  private static OfDelta delta(double size, double conflicts, List<String> zeroGroups) {
    return new OfDelta(new TaskId("x"), size, Optional.of(2e-3), conflicts, zeroGroups, 10);
  }

  private static OfTask task(String name, long covered, boolean lost) {
    return new OfTask(new TaskId(name), covered, 1000, List.of(), lost);
  }
}
