package dev.braid.vlm.clip.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.clip.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class ClipCheckpointGoldenTest {
  @Test
  void open_onRealBase_findsItsTensors() throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(Golden.base());

    assertThat(base.weights().tensors()).hasSize(158);
    assertThat(base.config().trained()).hasSize(157);
    // The file's bytes of data: every parameter is there once.
    assertThat(base.weights().tensors().stream().mapToLong(TensorSpec::size).sum())
        .isEqualTo(38_735_364 / Float.BYTES);
    assertThat(base.config().text().endToken()).isEqualTo(49407);
  }

  @Test
  void write_ofRealBase_keepsEveryBit(@TempDir Path directory) throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(Golden.base());

    ClipCheckpoint.write(directory, base.weights(), base.files());

    ClipCheckpoint copy = ClipCheckpoint.open(directory);
    SafetensorsFile stored = SafetensorsFile.open(Golden.base().resolve("model.safetensors"));
    copy.weights()
        .forEach(
            tensor ->
                assertThat(tensor.values()).isEqualTo(stored.read(tensor.spec().name()).values()));
    assertThat(directory.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(Golden.base().resolve("tokenizer.json"));
    assertThat(Files.exists(directory.resolve("model.safetensors.unfinished"))).isFalse();
  }
}
