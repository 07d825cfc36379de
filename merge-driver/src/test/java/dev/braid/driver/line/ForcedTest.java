package dev.braid.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ForcedTest {
  private static final TaskId DTD = new TaskId("dtd");
  private static final Digest FIRST = Digest.of("first");
  private static final Digest SECOND = Digest.of("second");

  @Test
  void of_aTaskSetAsideTwice_isTheLastFile() {
    List<SetAside> setAside =
        List.of(new SetAside(FIRST, DTD, "bad"), new SetAside(SECOND, DTD, "worse"));

    assertThat(Forced.of(backlog(List.of(), setAside), List.of(DTD)).files())
        .containsExactly(SECOND);
  }

  @Test
  void of_aTaskLearnedAlready_isNothingButItsReplacement() {
    List<InboxEntry> taken = List.of(new InboxEntry(1, DTD, FIRST));
    List<SetAside> setAside = List.of(new SetAside(SECOND, DTD, "bad"));

    assertThat(Forced.of(backlog(taken, List.of()), List.of(DTD))).isEqualTo(Forced.NONE);
    InboxFile replacement = new InboxFile(2, DTD, "", SECOND);
    assertThat(Forced.of(backlog(taken, setAside, replacement), List.of(DTD)).files())
        .containsExactly(SECOND);
    List<InboxEntry> later = List.of(new InboxEntry(3, DTD, FIRST));
    assertThat(Forced.of(backlog(later, setAside, replacement), List.of(DTD)))
        .isEqualTo(Forced.NONE);
  }

  @Test
  void of_aTaskNeverSetAside_isRefused() {
    assertThatThrownBy(() -> Forced.of(backlog(List.of(), List.of()), List.of(DTD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot force dtd: it is not set aside ('braid status' lists what is)");
  }

  @Test
  void of_aTaskOfWhichAnotherFileWaits_isRefused() {
    List<SetAside> setAside = List.of(new SetAside(FIRST, DTD, "bad"));
    InboxFile waiting = new InboxFile(2, DTD, "", SECOND);

    assertThatThrownBy(() -> Forced.of(backlog(List.of(), setAside, waiting), List.of(DTD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot force dtd: another request of this name waits");
  }

  private static InboxState backlog(
      List<InboxEntry> taken, List<SetAside> setAside, InboxFile... inbox) {
    Version head =
        new Version(
            new LineId("main"),
            1,
            OptionalInt.empty(),
            Instant.EPOCH,
            "a test",
            Digest.of("model"),
            taken,
            setAside,
            Optional.empty(),
            Optional.empty());
    return new InboxState(Optional.of(head), List.of(inbox));
  }
}
