package dev.braid.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final TaskId PETS = new TaskId("pets");
  private static final TaskId WILD = new TaskId("wild");

  @Test
  void confusion_ofNoPicture_isRefused() {
    assertThatThrownBy(() -> dogs(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid confusion: of 0 pictures (at least 1)");
  }

  @Test
  void confusion_beforeTheFirstPicture_isRefused() {
    assertThatThrownBy(() -> dogs(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid confusion: first at picture -1 (0 or more)");
  }

  @Test
  void mostFrequent_addsUpTheSameClassesOfTheSameTask() {
    Confusion elsewhere = new Confusion("cat", WILD, "dog", 4, 1);

    assertThat(Confusion.mostFrequent(List.of(dogs(2, 9), elsewhere, dogs(3, 6))))
        .containsExactly(dogs(5, 6), elsewhere);
  }

  @Test
  void mostFrequent_ofEqualNumbers_beginsWithTheFirstPicture() {
    List<Confusion> many =
        new ArrayList<>(
            IntStream.range(0, 12)
                .mapToObj(i -> new Confusion("cat", PETS, "class " + (12 - i), 1, i))
                .toList());

    assertThat(Confusion.mostFrequent(many)).isEqualTo(many.subList(0, Confusion.KEPT));
  }

  /** A class that is rare in each part may be frequent in all. */
  @Property(tries = 100)
  void mostFrequent_ofPartsInAnyOrder_isThatOfAllPictures(
      @ForAll long seed, @ForAll @IntRange(max = 300) int pictures) {
    Random random = new Random(seed);
    List<Confusion> each =
        new ArrayList<>(
            IntStream.range(0, pictures)
                .mapToObj(i -> new Confusion("cat", PETS, "class " + random.nextInt(30), 1, i))
                .toList());
    List<Confusion> whole = Confusion.mostFrequent(each);
    long[] counts = new long[30];
    each.forEach(one -> counts[Integer.parseInt(one.answer().substring(6))]++);

    Collections.shuffle(each, random);

    assertThat(Confusion.mostFrequent(each)).isEqualTo(whole);
    assertThat(whole)
        .extracting(Confusion::pictures)
        .containsExactlyElementsOf(
            IntStream.range(0, 30)
                .mapToObj(i -> counts[i])
                .filter(count -> count > 0)
                .sorted(Collections.reverseOrder())
                .limit(Confusion.KEPT)
                .toList());
  }

  @Test
  void score_withMoreConfusionsThanAreKept_isRefused() {
    List<Confusion> eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> new Confusion("cat", PETS, "class " + i, 1, i))
            .toList();

    assertThatThrownBy(() -> score(eleven))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: 11 confusions (at most 10)");
  }

  @Test
  void score_withConfusionsInAnotherOrder_isRefused() {
    assertThatThrownBy(() -> score(List.of(new Confusion("cat", PETS, "cow", 1, 0), dogs(2, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid score: a confusion of 2 pictures after one of 1 (the most pictures first)");
  }

  @Test
  void score_withAConfusionTwice_isRefused() {
    assertThatThrownBy(() -> score(List.of(dogs(2, 0), dogs(1, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: two confusions of [cat, pets, dog]");
  }

  @Test
  void score_withMoreConfusedThanWrongAnswers_isRefused() {
    assertThatThrownBy(() -> score(List.of(dogs(21, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: 21 confused pictures (of 20 wrong)");
  }

  @Test
  void plus_ofScoresWithConfusions_isRefused() {
    Score with = score(List.of(dogs(2, 0)));
    Score without = score(List.of());

    for (List<Score> both : List.of(List.of(with, without), List.of(without, with))) {
      assertThatThrownBy(() -> both.get(0).plus(both.get(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot add scores with confusions: each has only its most frequent ones");
    }
  }

  private static Confusion dogs(long pictures, long first) {
    return new Confusion("cat", PETS, "dog", pictures, first);
  }

  /** A score of 20 wrong answers. */
  private static Score score(List<Confusion> confusions) {
    return new Score(
        CorrectAnswers.of(new boolean[20]),
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        0,
        CalibrationError.ZERO,
        confusions);
  }
}
