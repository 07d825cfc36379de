package dev.braid.driver.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.SetAside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InboxStateTest {
  private static final TaskId TASK = new TaskId("a");
  private static final GateResult REFUSED = new GateResult(List.of("a falls", "b falls"));
  private static final ValidationFigures HEAD = figures(4);
  private static final ValidationFigures CANDIDATE = figures(3);

  @Test
  void ofHead_afterAPublication_isTheCandidate() {
    assertThat(state().ofHead(gate(new GateResult(List.of())))).isEqualTo(CANDIDATE);
  }

  @Test
  void ofHead_afterARefusal_isTheVersionBefore() {
    SetAside aside = new SetAside(Digest.of("a"), TASK, REFUSED.sentence());

    assertThat(state(aside).ofHead(gate(REFUSED))).isEqualTo(HEAD);
  }

  @Test
  void ofHead_afterAPublicationByForce_isTheCandidate() {
    SetAside earlier = new SetAside(Digest.of("a"), TASK, "no better than chance");
    SetAside another = new SetAside(Digest.of("b"), new TaskId("b"), REFUSED.sentence());

    assertThat(state(earlier, another).ofHead(gate(REFUSED))).isEqualTo(CANDIDATE);
  }

  private static InboxState state(SetAside... setAside) {
    return new InboxState(
        Optional.of(
            new Version(
                LineId.MAIN,
                1,
                OptionalInt.empty(),
                Instant.EPOCH,
                "",
                Digest.of("model"),
                List.of(),
                List.of(setAside),
                Optional.empty(),
                Optional.empty())),
        List.of());
  }

  private static GateFigures gate(GateResult result) {
    return new GateFigures(TASK, result, HEAD, CANDIDATE, Optional.empty());
  }

  private static ValidationFigures figures(long correct) {
    return new ValidationFigures(
        new TreeMap<>(Map.of(TASK, new Proportion(correct, 5))), new TreeMap<>());
  }
}
