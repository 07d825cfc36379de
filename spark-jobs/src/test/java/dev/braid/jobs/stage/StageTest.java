package dev.braid.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StageTest {
  private static SparkSession session;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void map_ofManyUnits_keepsTheirOrder() {
    assertThat(stage().map(List.of(3, 1, 2), unit -> 10 * unit)).containsExactly(30, 10, 20);
  }

  @Test
  void map_onInputThatATaskRefuses_throwsTheRefusal() {
    assertThatThrownBy(() -> stage().map(List.of(-1), StageTest::positive))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid unit: -1 (positive)");
    assertThatThrownBy(() -> stage().map(List.of("short"), Digest::new))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("short");
  }

  @Test
  void map_onIllegalArgumentOfALibrary_isNotARefusal() {
    assertThatThrownBy(() -> stage().map(List.of("no UUID"), UUID::fromString))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot finish test: ");
  }

  @Test
  void map_onOurCheckedException_wrapsIt() {
    byte[] text = {1, 2, 3};
    assertThatThrownBy(() -> stage().map(List.of(text), RgbImage::decode))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .cause()
        .isExactlyInstanceOf(UndecodableImageException.class)
        .hasMessageStartingWith("Cannot decode");
  }

  @Test
  void map_onOurIoException_wrapsIt() {
    assertThatThrownBy(() -> stage().map(List.of(1), StageTest::missing))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read the file: it is gone")
        .hasCauseExactlyInstanceOf(FileNotFoundException.class);
  }

  private static Stage stage() {
    return new Stage(JavaSparkContext.fromSparkContext(session.sparkContext()), "test");
  }

  private static int positive(int unit) {
    Check.argument(unit > 0, "Invalid unit: %s (positive)", unit);
    return unit;
  }

  private static int missing(int unit) throws IOException {
    throw new FileNotFoundException("Cannot read the file: it is gone");
  }
}
