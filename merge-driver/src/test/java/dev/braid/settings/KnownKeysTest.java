package dev.braid.settings;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  @Test
  void edits_betweenWords_countsTheFewestChanges() {
    assertThat(KnownKeys.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(KnownKeys.edits("", "abc")).isEqualTo(3);
    assertThat(KnownKeys.edits("steps", "step")).isEqualTo(1);
  }

  @Property
  void edits_isADistance(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b,
      @ForAll @AlphaChars @StringLength(max = 8) String c) {
    assertThat(KnownKeys.edits(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(KnownKeys.edits(a, b)).isEqualTo(KnownKeys.edits(b, a));
    assertThat(KnownKeys.edits(a, c))
        .isLessThanOrEqualTo(KnownKeys.edits(a, b) + KnownKeys.edits(b, c));
  }
}
