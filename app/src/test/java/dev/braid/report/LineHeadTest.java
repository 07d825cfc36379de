package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineHeadTest {
  private static final InboxEntry DTD = entry(1, "dtd", "dtd");
  private static final InboxEntry MNIST = entry(2, "mnist", "mnist");
  private static final InboxEntry DTD_AGAIN = entry(3, "dtd", "better dtd");

  @Test
  void head_behindARefusedTask_isTheVersionThatSaysWhy() {
    SetAside refused = new SetAside(Digest.of("food"), new TaskId("food"), "dtd would fall");
    Version last = version(3, "both", List.of(refused), DTD, MNIST);

    LineHead head =
        LineHead.of(
            List.of(version(1, "one", DTD), version(2, "both", DTD, MNIST), last),
            Digest.of("both"));

    assertThat(head.version()).isEqualTo(last);
    assertThat(head.setAside()).containsExactly(refused);
    assertThat(head.newest()).isEqualTo(new TaskId("mnist"));
    assertThat(numbers(head)).isEqualTo(Map.of("dtd", 1, "mnist", 2));
  }

  @Test
  void newest_afterAReplacement_isTheReplacedTaskWhateverItsPosition() {
    LineHead head =
        LineHead.of(
            List.of(
                version(1, "one", DTD),
                version(2, "both", DTD, MNIST),
                version(3, "better", DTD_AGAIN, MNIST)),
            Digest.of("better"));

    assertThat(head.newest()).isEqualTo(new TaskId("dtd"));
    assertThat(numbers(head)).isEqualTo(Map.of("dtd", 3, "mnist", 2));
  }

  @Test
  void learned_ofATaskThatWasMissingInBetween_isWhenItCameBack() {
    LineHead head =
        LineHead.of(
            List.of(
                version(1, "one", DTD),
                version(2, "both", DTD, MNIST),
                version(3, "one", DTD),
                version(4, "both", DTD, MNIST)),
            Digest.of("both"));

    assertThat(numbers(head)).isEqualTo(Map.of("dtd", 1, "mnist", 4));
  }

  @Test
  void head_withAVersionPublishedMeanwhile_isThatOfTheMeasuredModel() {
    List<Version> versions = List.of(version(1, "one", DTD), version(2, "both", DTD, MNIST));

    assertThat(LineHead.of(versions, Digest.of("one")).version().number()).isEqualTo(1);
    assertThatThrownBy(() -> LineHead.of(versions, Digest.of("other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid head: no version has model %s", Digest.of("other"));
  }

  private static Map<String, Integer> numbers(LineHead head) {
    return head.learned().entrySet().stream()
        .collect(Collectors.toMap(task -> task.getKey().name(), task -> task.getValue().number()));
  }

  private static InboxEntry entry(int number, String task, String file) {
    return new InboxEntry(number, new TaskId(task), Digest.of(file));
  }

  private static Version version(int number, String model, InboxEntry... taken) {
    return version(number, model, List.of(), taken);
  }

  private static Version version(
      int number, String model, List<SetAside> setAside, InboxEntry... taken) {
    return new Version(
        LineId.MAIN,
        number,
        number == 1 ? OptionalInt.empty() : OptionalInt.of(number - 1),
        Instant.EPOCH,
        "learn",
        Digest.of(model),
        Stream.of(taken).toList(),
        setAside,
        Optional.empty(),
        Optional.empty());
  }
}
