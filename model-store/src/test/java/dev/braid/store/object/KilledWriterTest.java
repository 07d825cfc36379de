package dev.braid.store.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledWriterTest {
  private static final int LENGTH = 1 << 20;

  @TempDir Path root;

  @Test
  void writer_killedHalfWay_leavesNothingVisible() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HalfWriter.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(writer.inputReader(UTF_8).readLine()).isEqualTo("half way");
    writer.destroyForcibly().waitFor();

    assertThat(root.resolve("objects")).doesNotExist();
    ObjectStore objects = new HadoopObjects(Folder.of(root.toString(), Map.of()));
    Digest digest = objects.put(new byte[LENGTH], "bin");
    assertThat(objects.read(digest, "bin")).hasSize(LENGTH);
  }

  /** Writes half of an object, then waits to be killed. */
  static final class HalfWriter {
    private HalfWriter() {}

    public static void main(String[] arguments) throws IOException {
      ObjectStore objects = new HadoopObjects(Folder.of(arguments[0], Map.of()));
      ObjectWriter writer = objects.writer("bin");
      writer.write(new byte[LENGTH / 2], 0, LENGTH / 2);
      System.out.println("half way");
      if (System.in.read() < 0) {
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
