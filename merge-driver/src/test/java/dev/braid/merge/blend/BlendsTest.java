package dev.braid.merge.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The baselines of METHODS 4 on hand-computed numbers, and cases in which they must agree. */
class BlendsTest {
  private static final float[][] DELTAS = {
    {.5f, -.2f, 0, .1f, .3f}, {-.1f, -.4f, 0, .2f, -.3f}, {.2f, .3f, 0, -.6f, 1}
  };

  @Test
  void average_ofThree_isTheirMean() {
    assertThat(merged(new Average(), DELTAS))
        .containsExactly(
            (.5f - .1f + .2f) / 3, (-.2f - .4f + .3f) / 3, 0, (.1f + .2f - .6f) / 3, 1f / 3);
  }

  @Test
  void taskArithmetic_ofThree_isTheirSumTimesTheFactor() {
    assertThat(merged(new TaskArithmetic(.5f), DELTAS))
        .containsExactly(
            .5f * (.5f - .1f + .2f), .5f * (-.2f - .4f + .3f), 0, .5f * (.1f + .2f - .6f), .5f * 1);
  }

  @Test
  void magMax_takesTheLargestMagnitude_andTheEarlierOfTwo() {
    assertThat(merged(new MagMax(2), DELTAS)).containsExactly(1, -.8f, 0, -1.2f, 2);
    assertThat(merged(new MagMax(1), new float[][] {{-1}, {1}})).containsExactly(-1);
  }

  @Test
  void ties_ofTheLargestTwoFifths_meansThoseThatAgreeWithTheSum() {
    // Kept are .5 and .3 (4); -.4 and -.3 (4); -.6 and 1 (3, 4). The sum at 4 is 1.
    float[] least = {.3f, .3f, .6f};
    assertThat(new Ties(.4, 1).largest()).hasValue(.4);
    float[] merged = new float[5];
    new Ties(.4, 1).merge(DELTAS, least, merged);
    assertThat(merged).containsExactly(.5f, -.4f, 0, -.6f, (.3f + 1) / 2);
  }

  @Test
  void interpolation_ofOne_liesBetweenTheBaseAndIt() {
    assertThat(merged(new Interpolation(.5f), new float[][] {{.5f, -2}})).containsExactly(.25f, -1);
  }

  @Test
  void interpolation_ofTwo_liesBetweenThem_andAtTheEndIsTheLast() {
    float[][] both = {{1, Float.MAX_VALUE}, {3, -1}};
    assertThat(merged(new Interpolation(.25f), both)[0]).isEqualTo(1.5f);
    assertThat(merged(new Interpolation(1), both)).containsExactly(3, -1);
    assertThatThrownBy(() -> merged(new Interpolation(1), DELTAS))
        .hasMessage("Cannot interpolate 3 deltas (one or two)");
    assertThatThrownBy(() -> new Interpolation(1.1f)).hasMessage("Invalid weight: 1.1 (0 to 1)");
  }

  @Property(tries = 200)
  void ofOneTask_averageAndTiesOfAll_areItsDelta(@ForAll("values") float[] delta) {
    assertThat(merged(new Average(), new float[][] {delta})).containsExactly(delta);
    assertThat(merged(new Ties(1, 1), new float[][] {delta})).containsExactly(delta);
  }

  @Property(tries = 200)
  void magnitudeCount_ofPieces_findsWhatSortingFinds(
      @ForAll("values") float[] one,
      @ForAll("values") float[] other,
      @ForAll @IntRange(min = 0, max = 1000) int place) {
    float[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    int larger = place % all.length;
    MagnitudeCount coarse = counted(MagnitudeCount.coarse(), MagnitudeCount.coarse(), one, other);
    MagnitudeCount.Place at = coarse.find(larger);
    MagnitudeCount fine =
        counted(MagnitudeCount.within(at.bucket()), MagnitudeCount.within(at.bucket()), one, other);
    float sorted =
        IntStream.range(0, all.length)
            .mapToObj(i -> Math.abs(all[i]))
            .sorted(Comparator.reverseOrder())
            .toList()
            .get(larger);
    assertThat(fine.magnitude(fine.find(larger - at.above()).bucket())).isEqualTo(sorted);
  }

  @Provide
  Arbitrary<float[]> values() {
    return Arbitraries.floats()
        .between(-2, 2)
        .withSpecialValue(0)
        .withSpecialValue(Float.MIN_VALUE)
        .map(value -> value + 0f) // no delta holds a negative zero
        .array(float[].class)
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static MagnitudeCount counted(
      MagnitudeCount first, MagnitudeCount second, float[] one, float[] other) {
    first.add(one);
    second.add(other);
    first.add(second);
    return first;
  }

  private static float[] merged(Blend blend, float[][] deltas) {
    float[] merged = new float[deltas[0].length];
    blend.merge(deltas, new float[deltas.length], merged);
    return merged;
  }
}
