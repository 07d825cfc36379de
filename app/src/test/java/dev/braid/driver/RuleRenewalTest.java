package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.SmallestBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.line.VersionRules;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.commit.CommitConflictException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with the rule of the head. */
final class RuleRenewalTest {
  private static final List<TaskId> TASKS = List.of(new TaskId("stripes"), new TaskId("colours"));

  @TempDir static Path shared;
  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Path root;
  private SmallLine line;

  @BeforeAll
  static void learnTwoTasks() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
    SmallestBase.writeTo(shared.resolve("base"));
    TinyTask.STRIPES.writeFew(shared.resolve("stripes"));
    TinyTask.COLOURS.writeFew(shared.resolve("colours"));
    SmallLine learned = SmallLine.create(spark, shared.resolve("base"), shared.resolve("learned"));
    for (TaskId task : TASKS) {
      assertThat(learned.learn(task, shared.resolve(task.name()), SmallLine.FUSED).failed())
          .isEmpty();
    }
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @BeforeEach
  void copyTheStore() throws IOException {
    root = folder.resolve("store");
    Path learned = shared.resolve("learned");
    try (Stream<Path> files = Files.walk(learned)) {
      for (Path file : files.toList()) {
        Files.copy(file, root.resolve(learned.relativize(file)));
      }
    }
    line = SmallLine.open(spark, root, LineId.MAIN);
  }

  @Test
  void run_onAHeadWithoutARule_publishesItsModelWithOneAndThenNothing() throws Exception {
    Version ruled = line.head();
    assertThat(line.model().rule()).isPresent();
    Version old = publishWithoutRule();
    Set<String> before = receipts();

    Outcome outcome = line.run(SmallLine.FUSED);

    Version renewed = outcome.renewed().orElseThrow();
    assertThat(outcome)
        .isEqualTo(
            new Outcome(Optional.of(renewed), List.of(), List.of(), List.of(), Optional.empty()));
    assertThat(line.head()).isEqualTo(renewed);
    assertThat(renewed.number()).isEqualTo(old.number() + 1);
    assertThat(renewed.action()).isEqualTo("answer by statistics, fused");
    assertThat(renewed.model()).isEqualTo(ruled.model());
    assertThat(renewed.taken()).isEqualTo(old.taken());
    assertThat(renewed.setAside()).isEqualTo(old.setAside());
    assertThat(added(before)).hasSize(2).allMatch(name -> name.startsWith("statistics/"));

    assertThat(line.run(SmallLine.FUSED)).isEqualTo(Outcome.NOTHING);
    assertThat(line.head()).isEqualTo(renewed);
  }

  /** As an earlier release would have published it, without statistics. */
  private Version publishWithoutRule() throws IOException, CommitConflictException {
    Head head = line.line().head();
    ModelRecord bare = head.model().withoutRule();
    Path statistics = root.resolve("receipts/statistics");
    for (Path receipt : files(statistics)) {
      Files.delete(receipt);
    }
    return new VersionDraft(
            "learn",
            line.store().records().put(bare),
            head.taken(),
            head.setAside(),
            Optional.empty())
        .commit(line.store(), LineId.MAIN, head, SmallLine.author());
  }

  @Test
  void run_withOtherSettings_renewsOnlyTheRule() throws IOException {
    Version first = line.head();
    ModelRecord bare = line.model().withoutRule();
    Set<String> before = receipts();
    for (RoutingSettings routing :
        List.of(
            SmallLine.EXPERT,
            SmallLine.PROTOTYPES,
            new RoutingSettings.Statistics(AnswerRule.FUSED, 2, 500),
            SmallLine.FUSED)) {
      int number = line.head().number();

      Version renewed = line.run(routing).renewed().orElseThrow();

      assertThat(renewed.number()).isEqualTo(number + 1);
      assertThat(renewed.action()).isEqualTo("answer by " + routing.label());
      assertThat(renewed.taken()).isEqualTo(first.taken());
      assertThat(line.model().withoutRule()).isEqualTo(bare);
      RoutingRule rule = line.model().rule().orElseThrow();
      assertThat(routing.produced(rule)).isTrue();
      assertThat(line.run(routing)).isEqualTo(Outcome.NOTHING);
    }
    assertThat(line.head().model()).isEqualTo(first.model());
    assertThat(added(before)).as("all features are there").isEmpty();
  }

  @Test
  void run_whileAnotherVersionIsPublished_leavesTheHeadAlone() throws Exception {
    List<String> said = new ArrayList<>();
    List<Version> others = new ArrayList<>();
    VersionRules rules =
        new VersionRules(
            line.store(),
            SmallLine.EXPERT,
            () -> {
              try {
                others.add(publishWithoutRule());
              } catch (IOException | CommitConflictException e) {
                throw new AssertionError(e);
              }
              return new RuleJob(spark, line.store().location());
            });

    assertThat(renewal(rules, said).run()).isEmpty();

    assertThat(line.head()).isEqualTo(others.get(0));
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the head keeps its rule until the next run: ");
    assertThat(line.run(SmallLine.EXPERT).renewed()).isPresent();
  }

  private RuleRenewal renewal(VersionRules rules, List<String> said) {
    return new RuleRenewal(
        line.store(),
        line.line(),
        rules,
        SmallLine.author(),
        new ProgressListener() {
          @Override
          public void say(String sentence) {
            said.add(sentence);
          }

          @Override
          public void training(String label, int step, int steps, float loss) {}
        });
  }

  @Test
  void run_afterARollbackToAVersionWithoutARule_givesItOne() throws Exception {
    Version ruled = line.head();
    Version old = publishWithoutRule();
    assertThat(line.run(SmallLine.FUSED).renewed()).isPresent();
    assertThat(line.rollBack(old.number())).isTrue();
    assertThat(line.model().rule()).isEmpty();

    assertThat(line.run(SmallLine.FUSED).renewed()).isPresent();

    assertThat(line.head().model()).isEqualTo(ruled.model());
    assertThat(line.run(SmallLine.FUSED)).isEqualTo(Outcome.NOTHING);
  }

  @Test
  void run_ofAnotherLineWithAnotherRule_trainsAndMergesNothing() throws IOException {
    Set<String> before = receipts();
    SmallLine other = SmallLine.open(spark, root, new LineId("other"));

    // Both tasks wait for the other line; it learns the first before the second.
    assertThat(other.run(SmallLine.EXPERT, TASKS).failed()).isEmpty();

    assertThat(other.model().withoutRule()).isEqualTo(line.model().withoutRule());
    assertThat(other.head().model()).isNotEqualTo(line.head().model());
    assertThat(added(before)).allMatch(name -> name.startsWith("evaluate/"));
  }

  @Test
  void run_onATaskOfEqualFeatures_setsItAsideAndLearnsTheNext() throws IOException {
    SmallLine fresh = SmallLine.create(spark, shared.resolve("base"), folder.resolve("fresh"));
    TaskId black = new TaskId("black");

    Outcome refused = fresh.learn(black, black(), SmallLine.FUSED);

    assertThat(refused.failed()).isEmpty();
    assertThat(refused.decisions())
        .singleElement()
        .satisfies(
            decision ->
                assertThat(decision.sentence())
                    .isEqualTo(
                        "Set aside black: Cannot learn task black: Invalid statistics: the features"
                            + " of all training pictures are equal"));
    assertThat(fresh.model().tasks()).isEmpty();
    assertThat(fresh.head().taken()).isEmpty();
    assertThat(fresh.head().setAside()).extracting(SetAside::task).containsExactly(black);
    assertThat(fresh.run(SmallLine.FUSED)).isEqualTo(Outcome.NOTHING);

    Outcome next = fresh.learn(TASKS.get(0), shared.resolve("stripes"), SmallLine.FUSED);
    assertThat(next.decisions()).singleElement().matches(Decision::published);
    assertThat(fresh.head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
  }

  /** The head has one task of equal features, as the other rule allows. */
  @Test
  void run_whereTheHeadCannotAnswerByTheSettings_learnsTheNextTask() throws IOException {
    SmallLine fresh = SmallLine.create(spark, shared.resolve("base"), folder.resolve("fresh"));
    TaskId black = new TaskId("black");
    assertThat(fresh.learn(black, black(), SmallLine.PROTOTYPES).decisions())
        .singleElement()
        .matches(Decision::published);
    Version head = fresh.head();

    Outcome idle = fresh.run(SmallLine.FUSED);
    assertThat(idle).isEqualTo(Outcome.NOTHING);
    assertThat(fresh.head()).isEqualTo(head);

    Outcome outcome = fresh.learn(TASKS.get(0), shared.resolve("stripes"), SmallLine.FUSED);

    assertThat(outcome.decisions()).singleElement().matches(Decision::published);
    assertThat(SmallLine.FUSED.produced(fresh.model().rule().orElseThrow())).isTrue();
  }

  /** Black pictures of different sizes. */
  private Path black() throws IOException {
    Path pictures = folder.resolve("black");
    int side = 16;
    for (String name : List.of("a", "b")) {
      for (String split : List.of("train", "train", "train", "test")) {
        Path picture = pictures.resolve(split).resolve(name).resolve(side + ".png");
        Files.createDirectories(picture.getParent());
        ImageIO.write(
            new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        side++;
      }
    }
    return pictures;
  }

  private Set<String> added(Set<String> before) throws IOException {
    Set<String> added = receipts();
    added.removeAll(before);
    return added;
  }

  /** The stages and inputs of all receipts. */
  private Set<String> receipts() throws IOException {
    Path receipts = root.resolve("receipts");
    return files(receipts).stream()
        .map(file -> receipts.relativize(file).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files(Path under) throws IOException {
    try (Stream<Path> files = Files.walk(under)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
