package dev.braid.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CorrectAnswersTest {
  @Property
  void hex_thereAndBack_isTheSame(@ForAll @Size(max = 40) boolean[] answers) {
    CorrectAnswers all = CorrectAnswers.of(answers);

    assertThat(CorrectAnswers.of(all.hex(), answers.length)).isEqualTo(all);
  }

  @Property
  void plus_isTheConcatenation(
      @ForAll @Size(max = 20) boolean[] first, @ForAll @Size(max = 20) boolean[] second) {
    CorrectAnswers both = CorrectAnswers.of(first).plus(CorrectAnswers.of(second));

    assertThat(both.total()).isEqualTo(first.length + second.length);
    for (int i = 0; i < both.total(); i++) {
      assertThat(both.isCorrect(i))
          .isEqualTo(i < first.length ? first[i] : second[i - first.length]);
    }
  }

  @Test
  void to_countsPairs() {
    CorrectAnswers before = CorrectAnswers.of(true, true, true, false, false);
    CorrectAnswers after = CorrectAnswers.of(true, false, false, true, false);

    assertThat(before.to(after)).isEqualTo(new PairedCounts(1, 2, 1, 5));
  }

  @Test
  void to_otherPictures_isRefused() {
    assertThatThrownBy(() -> CorrectAnswers.of(true).to(CorrectAnswers.of(true, true)))
        .hasMessage("Cannot compare the answers to 1 pictures with those to 2 (the same pictures)");
  }

  @Test
  void of_bitsAfterTheLastPicture_isRefused() {
    assertThatThrownBy(() -> CorrectAnswers.of("08", 3))
        .hasMessage("Invalid answers: bits after the last of 3 pictures (must be 0)");
    assertThatThrownBy(() -> CorrectAnswers.of("08", 9))
        .hasMessageStartingWith("Invalid answers: 1 bytes for 9 pictures");
  }
}
