package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        "check-gpu --gpu 2 ; 1 ; braid: Cannot use GPU 2: libtorch has no CUDA, or finds no GPU"
            + " (docs/gpu.md)",
        "check-gpu --gpu -1 ; 3 ; braid: Invalid GPU: -1 (0 or more)",
        "bench train ; 2 ; braid: Missing required option: '--model=MODEL'",
      })
  void bench_withWhatItCannotUse_saysOneSentence(String command, int code, String sentence) {
    StringWriter said = new StringWriter();

    assertThat(Main.commandLine().setErr(new PrintWriter(said)).execute(command.split(" ", -1)))
        .isEqualTo(code);
    assertThat(said.toString().lines().findFirst()).contains(sentence);
  }

  @Test
  void benchStore_ofALittle_tellsRatiosAndLeavesNothing(@TempDir Path folder) {
    String store = folder.resolve("store").toString();

    Said said = Said.of(List.of("bench", "store", "--megabytes", "1", "--store", store, "--json"));

    assertThat(said.code()).as(said.error()).isZero();
    assertThat(said.json().at("/bytes").intValue()).isEqualTo(1_000_000);
    assertThat(said.json().at("/ratio").doubleValue()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }
}
