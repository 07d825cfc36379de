package dev.braid.vlm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNamesTest {
  @ParameterizedTest
  @CsvSource({
    "big_cat, Big Cat",
    "' cat', cat",
    "straße, STRASSE",
    "caf\u00e9, cafe\u0301",
    "\u00c9toile, e\u0301toile"
  })
  void label_ofNamesThatReadTheSame_isOne(String name, String other) {
    assertThat(ClassNames.label(name)).isEqualTo(ClassNames.label(other));
  }
}
