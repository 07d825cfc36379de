package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Scheduler.Arrival;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  @Test
  void pending_withPriorities_ordersByPriorityThenNumber() {
    Arrival first = arrival(1, 0);
    Arrival second = arrival(2, 5);
    Arrival third = arrival(3, 5);

    assertThat(Scheduler.pending(List.of(third, first, second), Set.of()))
        .containsExactly(second, third, first);
  }

  @Test
  void pending_withDecidedFiles_leavesThemOut() {
    Arrival taken = arrival(1, 0);
    Arrival waiting = arrival(2, 0);

    assertThat(Scheduler.pending(List.of(taken, waiting), Set.of(taken.file())))
        .containsExactly(waiting);
  }

  @Property
  void pending_doesNotDependOnTheOrderOfTheInbox(
      @ForAll @Size(max = 12) List<@IntRange(min = -2, max = 2) Integer> priorities,
      @ForAll long seed) {
    List<Arrival> inbox = new ArrayList<>();
    for (int priority : priorities) {
      inbox.add(arrival(inbox.size() + 1, priority));
    }
    List<Arrival> shuffled = new ArrayList<>(inbox);
    Collections.shuffle(shuffled, new Random(seed));

    List<Arrival> pending = Scheduler.pending(shuffled, Set.of());

    assertThat(pending).isEqualTo(Scheduler.pending(inbox, Set.of()));
    assertThat(pending).containsExactlyInAnyOrderElementsOf(inbox);
  }

  @Property
  void pending_afterDecidingEverything_isEmpty(@ForAll @IntRange(max = 9) int size) {
    List<Arrival> inbox = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      inbox.add(arrival(number, number % 3));
    }
    Set<Digest> decided = inbox.stream().map(Arrival::file).collect(Collectors.toSet());

    assertThat(Scheduler.pending(inbox, decided)).isEmpty();
  }

  private static Arrival arrival(int number, int priority) {
    return new Arrival(number, new TaskId("task-" + number), Digest.of("file " + number), priority);
  }
}
