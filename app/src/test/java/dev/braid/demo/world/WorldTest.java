package dev.braid.demo.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorldTest {
  private final World world = new World(1);

  static List<Domain> domains() {
    return World.domains();
  }

  @Test
  void domains_areAtLeastSix_withNamesOfTheirOwn() {
    assertThat(domains().stream().map(Domain::name).distinct()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(domains().stream().map(Domain::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("domains")
  void domain_hasEightClassesOrMore_andTemplatesForTheirNames(Domain domain) {
    assertThat(domain.classNames()).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
    assertThat(domain.templates()).isNotEmpty().allMatch(template -> template.contains("{c}"));
  }

  @ParameterizedTest
  @MethodSource("domains")
  void picture_drawnAgain_hasTheSameBytes_andNoOtherPictureHas(Domain domain) {
    Set<Digest> digests = new HashSet<>();
    for (int label = 0; label < domain.classNames().size(); label++) {
      for (String split : List.of("train", "test")) {
        for (int number = 0; number < 3; number++) {
          byte[] picture = world.picture(domain, split, label, number);
          assertThat(new World(1).picture(domain, split, label, number)).isEqualTo(picture);
          digests.add(Digest.of(picture));
        }
      }
    }
    assertThat(digests).hasSize(6 * domain.classNames().size());
  }

  @Test
  void picture_ofEveryDomain_keepsItsBytesFromMachineToMachine() {
    StringBuilder all = new StringBuilder();
    for (Domain domain : domains()) {
      for (int label = 0; label < domain.classNames().size(); label++) {
        all.append(Digest.of(world.picture(domain, "train", label, 0)));
      }
    }
    assertThat(Digest.of(all.toString()))
        .hasToString("7108f29e635700c35aa3ec7929a91b43a0cf75cb2356f2397ff63a0fc1ed0ec8");
  }

  @Test
  void picture_ofAnUnknownClass_isRefused() {
    assertThatThrownBy(() -> world.picture(domains().get(0), "train", 99, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid label: 99 (shapes has 10 classes)");
  }

  @Test
  void write_makesOneFolderPerSplitAndClass(@TempDir Path folder) throws IOException {
    Domain signs = domains().get(4);
    world.write(signs, folder, new World.Counts(2, 1));
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(3 * signs.classNames().size());
    }
    assertThat(folder.resolve("train/no_entry/001.png"))
        .hasBinaryContent(world.picture(signs, "train", 1, 1));
    assertThat(folder.resolve("test/no_entry/000.png"))
        .hasBinaryContent(world.picture(signs, "test", 1, 0));
  }
}
