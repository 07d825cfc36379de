package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Adds pictures to a learned task, as a team does that collects more of them. */
class ExtendChainTest extends CommandFixture {
  @Test
  void newPictures_joinThoseOfTheLearnedTask() throws IOException {
    init();
    add("colours");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    JsonNode before = dryRun(images("colours")); // all of them are known
    Path more = moreRed();

    CommandResult dry = braid("add", "--to", "colours", "--images", more.toString(), "--dry-run");
    assertThat(dry.code()).as(dry.error()).isZero();
    assertThat(dry.text()).contains("Nothing was added (--dry-run).");
    assertThat(pictures(dry.json())).isEqualTo(pictures(before) + 10);

    CommandResult added = braid("add", "--to", "colours", "--images", more.toString());
    assertThat(added.code()).as(added.error()).isZero();
    CommandResult run = braid("run", "--master", "local[2]");
    assertThat(run.code()).as(run.text() + run.error()).isZero();
    assertThat(run.text()).contains("Replaced colours.");
    check(3, "has not learned it", "add", "--to", "none", "--images", more.toString());
    check(2, "give --images or --table", "add", "--to", "colours");
  }

  private JsonNode dryRun(String images) {
    CommandResult found = braid("add", "--to", "colours", "--images", images, "--dry-run");
    assertThat(found.text()).contains("pictures that the task has already");
    return found.json();
  }

  private static int pictures(JsonNode found) {
    return Stream.of("train", "validation", "test")
        .mapToInt(split -> found.at("/" + split).asInt())
        .sum();
  }

  /** Ten new pictures of one class: known ones, each with a byte after its end. */
  private Path moreRed() throws IOException {
    Path known = Path.of(images("colours")).resolve("train/kind-0");
    Path more = Files.createDirectories(folder.resolve("more/kind-0"));
    for (int i = 0; i < 10; i++) {
      byte[] bytes = Files.readAllBytes(known.resolve(i + ".png"));
      Files.write(more.resolve(i + ".png"), Arrays.copyOf(bytes, bytes.length + 1));
    }
    return folder.resolve("more");
  }
}
