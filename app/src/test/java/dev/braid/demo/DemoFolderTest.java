package dev.braid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  private static final World WORLD = new World(1);
  private static final Domain DOMAIN = World.domains().get(0);
  private static final World.Counts COUNTS = new World.Counts(1, 1);

  @TempDir Path folder;

  @Test
  void open_ofAFolderWithSomethingElse_refuses() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");

    assertThatThrownBy(() -> DemoFolder.open(folder, "quick"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("--out");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("thesis.txt"));
    }
  }

  @Test
  void open_ofTheSameDemo_resumes() throws IOException {
    Path first = DemoFolder.open(folder, "quick").pictures(WORLD, DOMAIN, COUNTS);

    assertThat(DemoFolder.open(folder, "quick").pictures(WORLD, DOMAIN, COUNTS)).isEqualTo(first);
  }

  @Test
  void open_afterAKillAtTheStart_startsAgain() throws IOException {
    Files.writeString(folder.resolve("demo.txt.part"), "qu");

    var unused = DemoFolder.open(folder, "quick");

    assertThat(folder.resolve("demo.txt")).hasContent("quick");
    assertThat(folder.resolve("demo.txt.part")).doesNotExist();
  }

  @Test
  void open_ofAnotherDemo_namesBoth() throws IOException {
    var unused = DemoFolder.open(folder, "quick");

    assertThatThrownBy(() -> DemoFolder.open(folder, "full"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("started as quick, this is full");
  }

  @Test
  void pictures_afterAKillWhileDrawing_areDrawnCompletely() throws IOException {
    DemoFolder demo = DemoFolder.open(folder, "quick");
    Path part = folder.resolve("pictures").resolve(DOMAIN.name() + ".part");
    Files.createDirectories(part.resolve("train/half"));
    Files.writeString(part.resolve("train/half/000.png"), "half");

    Path drawn = demo.pictures(WORLD, DOMAIN, COUNTS);

    assertThat(part).doesNotExist();
    try (Stream<Path> classes = Files.list(drawn.resolve("train"))) {
      assertThat(classes).hasSize(DOMAIN.classNames().size());
    }
  }
}
