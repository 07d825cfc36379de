package dev.braid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.cli.CommandFixture;
import dev.braid.cli.CommandResult;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Tests the command that compares strategies. */
class BenchStreamTest extends CommandFixture {
  /** The rule by which the answer of a known task does not depend on the other tasks. */
  private static final String BY_EXPERTS = " (statistics, expert)";

  private static final String STREAM =
      """
      braid {
        stream {
          title = "Two tiny tasks"
          base = "%1$s/base"
          tasks = [colours.conf, stripes.conf]
          orders { back = [stripes, colours] }
          strategies = [zero-shot, individual, sequential, average, condu-deltas, pam]
          protocols = [known-task, union-labels]
          sample = 13
          adapters { targets = "mlp.fc1", rank = 2 }
        }
      }
      """;

  @Test
  void stream_ofTwoTasks_measuresEveryStrategyAndRepeatsNoWork() throws IOException {
    Path file = stream(STREAM);
    Path out = folder.resolve("out");
    CommandResult commandResult = bench(file, out);
    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    assertThat(commandResult.json().at("/page").textValue())
        .isEqualTo(out.resolve("index.html").toString());
    JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    // Of two strategies with experts each of three rules; under two protocols.
    assertThat(report.at("/results")).hasSize((4 + 2 * 3) * 2);

    JsonNode base = matrix(report, "zero-shot");
    JsonNode alone = matrix(report, "individual" + BY_EXPERTS);
    JsonNode sequential = matrix(report, "sequential");
    JsonNode merged = matrix(report, "condu-deltas" + BY_EXPERTS);
    for (int task = 0; task < 2; task++) {
      for (int step = 0; step <= 2; step++) {
        assertThat(base.at("/" + step + "/" + task)).isEqualTo(base.at("/0/" + task));
      }
      assertThat(alone.at("/2/" + task)).isEqualTo(alone.at("/" + (task + 1) + "/" + task));
    }
    // All strategies that train the first task from the base give the same model.
    assertThat(sequential.at("/1")).isEqualTo(matrix(report, "average").at("/1"));
    assertThat(merged.at("/1/0")).isEqualTo(alone.at("/1/0"));
    assertThat(result(report, "pam").at("/alignments")).isNotEmpty();
    assertThat(
            result(report, "condu-deltas" + BY_EXPERTS)
                .at("/task_figures/0/mask_density")
                .doubleValue())
        .isBetween(.1, 1.);

    checkOnlyTestPicturesAreScored();
    Map<Path, String> before = files(folder.resolve("store"));
    CommandResult again = bench(file, out);
    assertThat(again.code()).as(again.error()).isZero();
    assertThat(files(folder.resolve("store"))).isEqualTo(before);
    checkGaps(out);
  }

  /**
   * Checks that every evaluation is of the sample of test pictures. The twelve validation pictures
   * of a task only give the rules their numbers.
   */
  private void checkOnlyTestPicturesAreScored() throws IOException {
    ModelStore store =
        ModelStore.open(new StoreLocation(folder.resolve("store").toString(), new TreeMap<>()));
    Set<Long> totals = new TreeSet<>();
    for (Receipt receipt : store.receipts().all("evaluate")) {
      byte[] score = store.objects().read(receipt.output(Output.SCORE), "json");
      totals.add(new ObjectMapper().readTree(score).at("/total").longValue());
    }
    assertThat(totals).containsExactly(13L);
  }

  /**
   * Checks that diverging adapters of two tasks leave gaps in the report and do not affect the
   * others.
   */
  private void checkGaps(Path out) throws IOException {
    Path file =
        stream(
            STREAM
                .replace("average, condu-deltas, pam", "sequential-lora")
                .replace("rank = 2", "rank = 2, train { learning-rate = 1e30 }"));
    CommandResult commandResult = bench(file, out);
    assertThat(commandResult.code()).as(commandResult.text()).isEqualTo(1);
    assertThat(commandResult.error())
        .contains("Could not measure sequential-lora, order back, seed 1: ");
    JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    assertThat(result(report, "sequential-lora").has("last")).isFalse();
    assertThat(result(report, "sequential").at("/last").isNumber()).isTrue();
  }

  @Test
  void stream_thatIsInvalid_isRefusedBeforeAnyWork() throws IOException {
    Path file = stream(STREAM.replace("[stripes, colours]", "[stripes, colors]"));
    check(
        2,
        "Invalid order back: it names colors, which is not one of the stream's tasks [colours,"
            + " stripes]",
        "bench",
        "stream",
        file.toString(),
        "--out",
        other());
    check(
        2,
        "Invalid strategy: condo",
        "bench",
        "stream",
        stream(STREAM.replace("condu-deltas", "condo")).toString(),
        "--out",
        other());
    check(
        2,
        "Invalid order back: [stripes] (an order has all tasks of the stream: [colours, stripes])",
        "bench",
        "stream",
        stream(STREAM.replace("[stripes, colours]", "[stripes]")).toString(),
        "--out",
        other());
    check(
        2,
        "Two tasks of a stream have one name: [colours, colours]",
        "bench",
        "stream",
        stream(STREAM.replace("stripes.conf", "colours.conf")).toString(),
        "--out",
        other());
    check(2, "give a FILE", "bench", "stream", "--out", other());
  }

  private CommandResult bench(Path file, Path out) {
    return braid(
        "bench",
        "stream",
        file.toString(),
        "--out",
        out.toString(),
        "--master",
        "local[2]",
        "--conf",
        "train.steps=10");
  }

  private Path stream(String text) throws IOException {
    for (String task : new String[] {"colours", "stripes"}) {
      Files.writeString(
          shared.resolve(task + ".conf"),
          "name = %s, images = \"%s\"\n".formatted(task, images(task)));
    }
    return Files.writeString(shared.resolve("stream.conf"), text.formatted(shared));
  }

  private static JsonNode matrix(JsonNode report, String strategy) {
    return result(report, strategy).at("/matrix");
  }

  /** A strategy's result under known-task. */
  private static JsonNode result(JsonNode report, String strategy) {
    Predicate<JsonNode> wanted =
        result ->
            Stream.of(result.at("/strategy"), result.at("/protocol"))
                .map(JsonNode::textValue)
                .collect(Collectors.joining(" "))
                .equals(strategy + " known-task");
    return StreamSupport.stream(report.at("/results").spliterator(), false)
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }
}
