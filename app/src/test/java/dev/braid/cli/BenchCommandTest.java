package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "bench train --model tiny --python /no/python ; 3 ; braid: Cannot compare with PyTorch:"
            + " /no/python cannot import torch (give --python PATH of one that can)",
        "bench train --model tiny --python false ; 3 ; braid: Cannot compare with PyTorch: false"
            + " cannot import torch (give --python PATH of one that can)",
        "bench train --model huge ; 2 ; braid: Invalid value for option '--model': 'huge' (one of"
            + " tiny, vit-b-16)",
        "bench lora --model tiny --batch 0 ; 3 ; braid: Invalid batch: 0 (at least 1)",
        "bench bfloat16 --model tiny --batch 0 ; 3 ; braid: Invalid batch: 0 (at least 1)",
        "bench lora --model tiny --threads 0 ; 3 ; braid: Invalid threads: 0 (at least 1)",
        "bench store --megabytes 0 ; 2 ; braid: Invalid --megabytes: 0 (at least 1)",
        "bench evaluate --tasks 3,0 ; 3 ; braid: Invalid tasks: 0 (at least 1)",
        "bench evaluate --experts 0 ; 3 ; braid: Invalid experts: 0 (at least 1)",
        "bench merge --mode half ; 2 ; braid: Invalid --mode: 'half' (one-shot or step)",
        "bench merge --mode step --truth both ; 2 ; braid: Invalid --truth: 'both' (deltas or"
            + " decoupled)",
        "bench merge --mode step --from disk ; 2 ; braid: Invalid --from: 'disk' (memory or store)",
        "bench merge --mode step --tasks 0 ; 2 ; braid: Invalid --tasks: 0 (at least 1)",
        "bench merge --mode one-shot --truth decoupled ; 2 ; braid: Invalid --truth: decoupled (a"
            + " one-shot merge unifies the original deltas: deltas)",
        "bench merge --mode one-shot --tasks 90 --model vit-b-16 ; 2 ; braid: Cannot hold 90 deltas"
            + " of 149620736 coordinates in memory: 56145 MB (the heap has room for HEAP MB: run"
            + " 'BRAID_HEAP=55g ./braid bench merge --mode one-shot --tasks 90 --model vit-b-16')",
        "check-gpu --gpu 2 ; 1 ; braid: Cannot use GPU 2: libtorch has no CUDA, or finds no GPU"
            + " (docs/gpu.md)",
        "check-gpu --gpu -1 ; 3 ; braid: Invalid GPU: -1 (0 or more)",
        "bench train ; 2 ; braid: Missing required option: '--model=MODEL'",
      })
  void bench_withInvalidArguments_printsOneSentence(String command, int code, String sentence) {
    StringWriter said = new StringWriter();

    assertThat(Main.commandLine().setErr(new PrintWriter(said)).execute(command.split(" ", -1)))
        .isEqualTo(code);
    long heap = Runtime.getRuntime().maxMemory() / 1_000_000;
    assertThat(said.toString().lines().findFirst())
        .contains(sentence.replace("HEAP MB", heap + " MB"));
  }

  @Test
  void benchStore_ofASmallVector_printsRatiosAndLeavesNothing(@TempDir Path folder) {
    String store = folder.resolve("store").toString();

    CommandResult commandResult =
        CommandResult.of(List.of("bench", "store", "--megabytes", "1", "--store", store, "--json"));

    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    assertThat(commandResult.json().at("/bytes").intValue()).isEqualTo(1_000_000);
    for (String direction : List.of("", "write_", "read_")) {
      double ratio = commandResult.json().at("/" + direction + "ratio").doubleValue();
      JsonNode interval = commandResult.json().at("/" + direction + "interval");
      assertThat(ratio)
          .as(direction)
          .isBetween(interval.at("/low").doubleValue(), interval.at("/high").doubleValue());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    // bits a coordinate: a delta, a unified delta, S, H and L have 32, last flips 8, planes 1
    "one-shot,memory,deltas,2,64,34",
    "step,store,decoupled,1,32,41",
    "step,store,decoupled,2,73,41",
    "step,store,deltas,2,130,130"
  })
  void benchMerge_ofSmallVectors_countsItsBytesAndLeavesNothing(
      String mode,
      String from,
      String truth,
      int tasks,
      int bitsRead,
      int bitsWritten,
      @TempDir Path folder) {
    String store = folder.resolve("store").toString();
    String command =
        "bench merge --coordinates 200000 --tasks %s --turns 1 --json --mode %s --store %s";

    CommandResult commandResult =
        CommandResult.of(
            List.of((command.formatted(tasks, mode, store) + " --truth " + truth).split(" ", -1)));

    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    JsonNode json = commandResult.json();
    assertThat(json.at("/from").textValue()).isEqualTo(from);
    assertThat(json.at("/truth").textValue()).isEqualTo(truth);
    assertThat(json.at("/seconds").doubleValue()).isPositive();
    assertThat(json.at("/plain_seconds").doubleValue()).isPositive();
    assertThat(json.at("/sum_seconds").isNull()).isEqualTo(from.equals("store"));
    assertThat(json.at("/io_seconds").isNull()).isEqualTo(from.equals("memory"));
    checkBytes(json.at("/bytes_read").longValue(), 200_000L * bitsRead / 8, from);
    checkBytes(json.at("/bytes_written").longValue(), 200_000L * bitsWritten / 8, from);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void benchEvaluate_ofTwoLines_measuresEveryCellAndLeavesNothing(@TempDir Path folder) {
    String store = folder.resolve("store").toString();
    String command = "bench evaluate --tasks 3,6 --master local[2] --json --store " + store;

    CommandResult commandResult = CommandResult.of(List.of(command.split(" ", -1)));

    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    assertThat(commandResult.json().at("/lines"))
        .extracting(line -> line.at("/tasks").intValue() + " " + line.at("/cells").intValue())
        .containsExactly("3 9", "3 9", "6 36", "6 36");
    // Sixteen pictures per cell; chance is a quarter under own-labels.
    assertThat(commandResult.json().at("/lines/2/correct").intValue()).isBetween(144, 36 * 16);
    assertThat(folder).isEmptyDirectory();
  }

  /** A file has headers in addition to its values. */
  private static void checkBytes(long bytes, long values, String from) {
    assertThat(bytes).isBetween(values, from.equals("memory") ? values : values + 20_000);
  }
}
