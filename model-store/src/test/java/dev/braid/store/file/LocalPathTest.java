package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b", "/grün/🔴 %41#?", "/a:b/c", "grün", "a/b"})
  void of_anyName_isThePathOfItsBytes(String path) {
    assertThat(LocalPath.of(path).toAbsolutePath()).isEqualTo(Path.of(path).toAbsolutePath());
    assertThat(LocalPath.text(LocalPath.of(path)))
        .isIn(path, Path.of(path).toAbsolutePath().toString());
  }

  @Test
  void name_ofUtf8_isTheText() {
    assertThat(LocalPath.name(Path.of("/a/grün.png"))).contains("grün.png");
    assertThat(LocalPath.name(Path.of("/a/\ufffd"))).contains("\ufffd");
  }

  @Test
  void name_ofOtherBytes_isNone() {
    Path path = Path.of(URI.create("file:///a/b%FCck"));
    assertThat(LocalPath.name(path)).isEmpty();
    assertThat(LocalPath.escapedName(path)).isEqualTo("b\\xfcck");
    assertThat(LocalPath.text(path)).isEqualTo("/a/b\\xfcck");
  }
}
