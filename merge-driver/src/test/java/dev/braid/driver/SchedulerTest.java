package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.line.InboxState;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.vlm.train.TrainSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
  void inMergeOrder_withPriorities_ordersByPriorityThenNumber() {
    Request first = request(1, 0);
    Request second = request(2, 5);
    Request third = request(3, 5);

    assertThat(Scheduler.inMergeOrder(List.of(third, first, second)))
        .containsExactly(second, third, first);
  }

  @Property
  void inMergeOrder_doesNotDependOnTheOrderOfTheInbox(
      @ForAll @Size(max = 12) List<@IntRange(min = -2, max = 2) Integer> priorities,
      @ForAll long seed) {
    List<Request> requests = new ArrayList<>();
    for (int priority : priorities) {
      requests.add(request(requests.size() + 1, priority));
    }
    List<Request> shuffled = new ArrayList<>(requests);
    Collections.shuffle(shuffled, new Random(seed));

    List<Request> ordered = Scheduler.inMergeOrder(shuffled);

    assertThat(ordered).isEqualTo(Scheduler.inMergeOrder(requests));
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(requests);
  }

  @Property
  void undecided_isWhatTheHeadDoesNotList(
      @ForAll @Size(max = 12) Set<@IntRange(min = 1, max = 99) Integer> inbox,
      @ForAll Set<@IntRange(min = 1, max = 99) Integer> decided) {
    Set<Digest> digests = decided.stream().map(SchedulerTest::digest).collect(Collectors.toSet());
    List<InboxFile> files = inbox.stream().map(SchedulerTest::file).toList();

    assertThat(InboxState.undecided(files, digests).stream().map(InboxFile::number))
        .isEqualTo(inbox.stream().filter(number -> !decided.contains(number)).sorted().toList());
  }

  private static Request request(int number, int priority) {
    InboxFile file = file(number);
    return new Request(
        new InboxEntry(number, file.task(), file.digest()),
        priority,
        new IngestRequest(ImageFolder.of("/pictures"), 1),
        List.of("{c}"),
        new TrainSettings(8, 10, 2, 1e-3, 0.2, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 100),
        /* replaces= */ Optional.empty());
  }

  private static InboxFile file(int number) {
    return new InboxFile(number, new TaskId("task-" + number), "", digest(number));
  }

  private static Digest digest(int number) {
    return Digest.of("file " + number);
  }
}
