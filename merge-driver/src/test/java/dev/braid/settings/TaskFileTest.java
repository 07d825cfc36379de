package dev.braid.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.merging.Residue;
import dev.braid.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {
  @TempDir Path folder;

  @Test
  void read_ofAShortFile_fillsInTheDefaults() throws IOException {
    TaskFile task = TaskFile.read(written("name = flowers\nimages = pictures/flowers"));

    assertThat(task.name()).isEqualTo(new TaskId("flowers"));
    assertThat(task.pictures().images().orElseThrow())
        .isEqualTo(folder.resolve("pictures/flowers").toString());
    assertThat(task.pictures().classes()).isEmpty();
    assertThat(task.templates()).containsExactly("a photo of a {c}.");
    assertThat(task.priority()).isZero();
    assertThat(task.train().isEmpty()).isTrue();
  }

  @Test
  void read_ofAFullFile_keepsEverythingThroughTheInboxText() throws IOException {
    TaskFile task =
        TaskFile.read(
            written(
                """
                name = signs
                images = "hdfs://cluster/signs"
                classes = names.txt
                templates = ["a sign of {c}.", "{c}"]
                priority = 3
                recursive = true
                train { steps = 20, learning-rate = 1e-4 }
                """));

    TaskFile again = TaskFile.parse(task.text(), "inbox");

    assertThat(again.text()).isEqualTo(task.text());
    assertThat(again.pictures().images().orElseThrow()).isEqualTo("hdfs://cluster/signs");
    assertThat(again.pictures().classes()).contains(folder.resolve("names.txt").toString());
    assertThat(again.templates()).containsExactly("a sign of {c}.", "{c}");
    assertThat(again.priority()).isEqualTo(3);
    assertThat(again.train().getInt("steps")).isEqualTo(20);
    assertThat(again.replaces()).isEmpty();
    for (Residue residue : Residue.values()) {
      String text = task.replacing(residue).text();
      assertThat(TaskFile.parse(text, "inbox").replaces()).contains(residue);
    }
  }

  @Test
  void read_ofAnUnknownKey_namesTheNearest() {
    assertThatThrownBy(() -> TaskFile.read(written("name = a\nimage = b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown setting image")
        .hasMessageContaining("images");
  }

  @Test
  void read_withoutImages_saysSo() {
    assertThatThrownBy(() -> TaskFile.read(written("name = a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images");
  }

  @Test
  void read_ofATemplateWithoutPlace_isRefused() {
    assertThatThrownBy(
            () -> TaskFile.read(written("name = a\nimages = b\ntemplates = [\"a photo\"]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a photo'");
  }

  @Test
  void read_ofABadName_isRefused() {
    assertThatThrownBy(() -> TaskFile.read(written("name = \"../up\"\nimages = b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid task name: ../up");
  }

  @Test
  void read_ofAFileThatIsNotText_saysSo() throws IOException {
    Path file = Files.write(folder.resolve("latin.conf"), new byte[] {'a', '=', (byte) 0xfc});
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read the task file %s: it is not UTF-8 text", file);
  }

  @Test
  void read_ofAFileWithAByteOrderMark_ignoresIt() throws IOException {
    assertThat(TaskFile.read(written("\ufeffname = flowers\nimages = x")).name())
        .isEqualTo(new TaskId("flowers"));
  }

  @Test
  void read_ofAMissingFile_saysSo() {
    assertThatThrownBy(() -> TaskFile.read(folder.resolve("none.conf")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read the task file %s: it does not exist", folder.resolve("none.conf"));
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("task.conf"), text);
  }
}
