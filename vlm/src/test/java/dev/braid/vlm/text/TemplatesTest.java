package dev.braid.vlm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplatesTest {
  @Test
  void fill_putsTheSpokenNameInEveryPlace() {
    assertThat(Templates.fill("a photo of a {c}.", "Joshua_Tree"))
        .isEqualTo("a photo of a Joshua Tree.");
    assertThat(Templates.fill("{c}, {c}!", " $1\\_ ")).isEqualTo("$1\\, $1\\!");
    assertThat(Templates.fill(Templates.DEFAULT, "7")).isEqualTo("a photo of a 7.");
  }

  @Test
  void fill_withoutPlace_refuses() {
    assertThatThrownBy(() -> Templates.fill("a photo of a {}.", "cat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid template: a photo of a {}. (write {c} where the class's name belongs)");
  }

  @Test
  void label_isOneForNamesThatReadAlike() {
    assertThat(ClassNames.label(" Great_White_")).isEqualTo("great white");
    assertThat(ClassNames.label("STRASSE")).isEqualTo(ClassNames.label("straße"));
    assertThat(ClassNames.label("ΣΊΣΥΦΟΣ")).isEqualTo(ClassNames.label("σίσυφοσ"));
    assertThat(ClassNames.label("cat")).isNotEqualTo(ClassNames.label("cats"));
  }
}
