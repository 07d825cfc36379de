package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.SmallestBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories of learning, removal, replacement, rollback and changed settings in random order: the
 * model with its rule, to the last bit, is that of a line that never knew another task or rule.
 *
 * <p>{@code -Dbraid.histories=20} runs more of them.
 */
final class RuleHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("braid.histories", 1);

  /**
   * Changes the rule, rolls back behind that, replaces a task, and last removes the first one: no
   * earlier version has just the tasks that stay.
   */
  private static final int FIRST = 536;

  private enum Event {
    LEARN,
    REPLACE,
    REMOVE,
    CHANGE_RULE,
    ROLL_BACK
  }

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static List<Path> pictures;

  @BeforeAll
  static void draw() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
    SmallestBase.writeTo(folder.resolve("base"));
    Path colours = TinyTask.COLOURS.writeFew(folder.resolve("colours"));
    Path stripes = TinyTask.STRIPES.writeFew(folder.resolve("stripes"));
    pictures = List.of(colours, stripes, mixed(colours, stripes), mixed(stripes, colours));
  }

  /** A task with the first class of one and the second class of another. */
  private static Path mixed(Path one, Path other) throws IOException {
    Path mixed = folder.resolve("mixed-" + one.getFileName());
    for (String split : List.of("train", "test")) {
      copy(one.resolve(split).resolve("kind-0"), mixed.resolve(split).resolve("kind-0"));
      copy(other.resolve(split).resolve("kind-1"), mixed.resolve(split).resolve("kind-1"));
    }
    return mixed;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @Test
  void headOfALineThatWasRewritten_answersByTheRuleOfALineThatSawItsTasksAlone() throws Exception {
    for (int i = 0; i < HISTORIES; i++) {
      new History(FIRST + i).run();
    }
  }

  /** A task of the line: its name and its pictures. */
  private record Known(TaskId name, Path pictures) {}

  private static final class History {
    private final int number;
    private final Random random;
    private final SmallLine line;

    /** What each version should know, by its number. */
    private final List<List<Known>> states = new ArrayList<>(List.of(List.of()));

    private final StringBuilder log = new StringBuilder();
    private RoutingSettings routing = SmallLine.FUSED;

    History(int number) throws IOException {
      this.number = number;
      this.random = new Random(number);
      this.line =
          SmallLine.create(spark, folder.resolve("base"), folder.resolve("history-" + number));
      log.append("History ").append(number).append(':');
    }

    void run() throws IOException, CommitConflictException {
      List<Event> events =
          new ArrayList<>(
              List.of(
                  Event.LEARN, Event.REPLACE, Event.REMOVE, Event.CHANGE_RULE, Event.ROLL_BACK));
      Collections.shuffle(events, random);
      events.addAll(0, List.of(Event.LEARN, Event.LEARN, Event.LEARN));
      for (Event event : events) {
        states.add(List.copyOf(happen(event, new ArrayList<>(states.get(last())))));
        assertThat(line.head().number()).isEqualTo(last());
        checkHead();
      }
      var unused = line.run(routing); // after a rollback the head may have an earlier rule
      System.out.println(log);
      assertThat(line.head().model()).as("%s", log).isEqualTo(alone());
    }

    private int last() {
      return states.size() - 1;
    }

    /** Makes a version, and returns the tasks that it should know. */
    private List<Known> happen(Event event, List<Known> tasks) throws CommitConflictException {
      Path drawn = pictures.get(random.nextInt(pictures.size()));
      int place = tasks.isEmpty() ? 0 : random.nextInt(tasks.size());
      log.append(' ').append(event);
      switch (event) {
        case LEARN -> {
          // Later tasks have earlier names: the rule goes by names, the model by the order.
          Known added = new Known(new TaskId("task-" + (9 - last())), drawn);
          checkRun(line.learn(added.name(), drawn, routing));
          tasks.add(added);
        }
        case REPLACE -> {
          Known replaced = new Known(tasks.get(place).name(), drawn);
          checkRun(line.replace(replaced.name(), drawn, routing));
          tasks.set(place, replaced);
        }
        case REMOVE -> line.remove(tasks.remove(place).name(), routing);
        case CHANGE_RULE -> {
          routing = SmallLine.EXPERT;
          assertThat(line.run(routing).renewed()).isPresent();
        }
        case ROLL_BACK -> {
          int version = 2 + random.nextInt(last() - 2);
          assertThat(line.rollBack(version)).isTrue();
          return states.get(version);
        }
      }
      return tasks;
    }

    /** After a rollback behind a change of the rule, a run first gives the head that rule. */
    private void checkRun(Outcome outcome) {
      assertThat(outcome.failed()).isEmpty();
      outcome.renewed().ifPresent(renewed -> states.add(states.get(last())));
    }

    private void checkHead() {
      ModelRecord model = line.model();
      List<TaskId> names = states.get(last()).stream().map(Known::name).toList();
      assertThat(model.tasks()).as("%s", log).extracting(each -> each.task()).isEqualTo(names);
      assertThat(model.rule().stream().flatMap(History::tasks).collect(Collectors.toSet()))
          .as("%s", log)
          .containsExactlyInAnyOrderElementsOf(names);
    }

    private static Stream<TaskId> tasks(RoutingRule rule) {
      return ((RoutingRule.Statistics) rule).tasks().keySet().stream();
    }

    /** The model digest of a line of another store that learned only the final tasks. */
    private Digest alone() throws IOException {
      SmallLine fresh =
          SmallLine.create(spark, folder.resolve("base"), folder.resolve("fresh-" + number));
      for (Known task : states.get(last())) {
        assertThat(fresh.learn(task.name(), task.pictures(), routing).failed()).isEmpty();
      }
      return fresh.head().model();
    }
  }
}
