package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command as typed by a person: from a store to a scored folder, and what it refuses. */
class PredictCommandTest extends CommandFixture {
  private static final String[] LOCAL = {"--master", "local[2]"};

  @Test
  void predict_aFolder_writesItAndRefusesWhatCannotBe() throws IOException {
    init();
    check(3, "Line main has no version yet", "predict", images("colours"), "--out", other());
    add("colours");
    add("stripes");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();

    String pictures = images("stripes") + "/test";
    CommandResult done =
        braid(with(LOCAL, "predict", pictures, "--out", other(), "--format", "json"));
    assertThat(done.code()).as(done.error()).isZero();
    JsonNode counts = done.json();
    assertThat(counts.at("/rows").intValue()).isEqualTo(40);
    assertThat(counts.at("/errors").intValue()).isZero();
    assertThat(counts.at("/version").intValue()).isEqualTo(2);
    assertThat(counts.at("/forwards-per-picture").doubleValue()).isBetween(1.0, 3.0);
    assertThat(done.text()).contains("Predicted 40 rows with version 2.", "Forwards per picture:");
    assertThat(Path.of(other(), "_SUCCESS")).exists();

    checkRefusals(pictures);
  }

  private void checkRefusals(String pictures) throws IOException {
    String fresh = folder.resolve("fresh").toString();
    String[] start = {"predict", pictures, "--out", fresh, "--master", "local[2]"};
    check(3, "it has a finished prediction", with(LOCAL, "predict", pictures, "--out", other()));
    check(
        3, "no prediction wrote it", with(LOCAL, "predict", pictures, "--out", folder + "/store"));
    check(
        3,
        "Line main has no version 9 ('braid log' lists them)",
        reversed(start, "--version", "9"));
    check(
        3,
        "Invalid task: birds (version 2 has learned [colours",
        reversed(start, "--task", "birds"));
    check(3, "'Red' and 'red' are the same name", reversed(start, "--classes", "Red,blue, red"));
    check(3, "Invalid class name: '' (not blank)", reversed(start, "--classes", "red,,blue"));
    check(2, "Give --task or --classes", reversed(start, "--classes", "a", "--task", "stripes"));
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'b', (byte) 0xfc, '\n'});
    check(2, "latin.txt: it is not UTF-8 text", reversed(start, "--classes", latin.toString()));
    check(2, "Invalid --classes clases.txt", reversed(start, "--classes", "clases.txt"));
    check(
        3,
        "one lies in the other",
        with(LOCAL, "predict", pictures, "--out", pictures + "/scored"));
    check(2, "Invalid batch: 0 pictures", reversed(start, "--conf", "predict.batch=0"));
    check(3, "no such file or folder", "predict", "/gone/away", "--out", fresh);
    check(3, "it has no Parquet files", reversed(start, "--image-column", "picture"));

    StoreFiles.at(StoreLocation.of(folder.resolve("store").toString()))
        .tombstones()
        .mark(List.of("versions/main/000001.json"));
    check(3, "Version 1 of line main is being deleted", reversed(start, "--version", "1"));
    assertThat(Files.exists(Path.of(fresh))).isFalse();
  }

  private static String[] reversed(String[] start, String... options) {
    return with(options, start);
  }
}
