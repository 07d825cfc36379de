package dev.braid.demo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.Vocabulary.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void learn_mergesTheMostFrequentPairFirst_andInOrderOfLettersOnTies() {
    // "ab" occurs 3 times (once in "cab"), "ca" and "xy" once each.
    Vocabulary vocabulary = Vocabulary.learn(List.of("ab ab cab", "XY"), 3);
    assertThat(vocabulary.merges())
        .containsExactly(new Pair("a", "b</w>"), new Pair("c", "ab</w>"), new Pair("x", "y</w>"));
  }

  @Test
  void learn_stopsWhenEveryWordIsOneToken() {
    assertThat(Vocabulary.learn(List.of("a b", "ab"), 50).merges()).hasSize(1);
  }

  @Test
  void tokens_areBytesThenBytesAtAWordsEndThenMergesThenStartAndEnd() {
    Vocabulary vocabulary = Vocabulary.learn(List.of("ab"), 5);
    assertThat(vocabulary.tokens()).hasSize(256 + 256 + 1 + 2).doesNotHaveDuplicates();
    assertThat(vocabulary.tokens().get(0)).isEqualTo("!");
    assertThat(vocabulary.tokens().get(256)).isEqualTo("!</w>");
    assertThat(vocabulary.tokens().get(512)).isEqualTo("ab</w>");
    assertThat(vocabulary.tokens().get(vocabulary.end())).isEqualTo("<|endoftext|>");
  }

  @Test
  void learn_fromOtherThanAscii_isRefused() {
    assertThatThrownBy(() -> Vocabulary.learn(List.of("naïve"), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot learn from 'naïve': not ASCII");
  }
}
