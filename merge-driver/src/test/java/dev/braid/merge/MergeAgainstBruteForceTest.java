package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** The loop over rows implements METHODS 2.2 to 2.5 bit by bit. */
final class MergeAgainstBruteForceTest {
  private static final String LAYER = "layers.0.self_attn.";
  private static final List<String> NAMES =
      List.of(
          LAYER + "k_proj.bias",
          LAYER + "k_proj.weight",
          LAYER + "out_proj.weight",
          LAYER + "q_proj.bias",
          LAYER + "q_proj.weight",
          LAYER + "v_proj.bias",
          LAYER + "v_proj.weight",
          "ln");

  /** The groups of these tensors: biases of k, q and v; their weights; the other two. */
  private static final int[] GROUP_OF_TENSOR = {0, 1, 2, 0, 1, 0, 1, 3};

  private static final List<ShardCut> CUTS =
      List.of(
          new ShardCut(64, 64), new ShardCut(128, 64), new ShardCut(384, 128), ShardCut.DEFAULT);

  /** Kinds of values in deltas; every kind includes zeros of both signs. */
  enum Values {
    GAUSSIAN {
      @Override
      float next(Random random) {
        return (float) random.nextGaussian() * 1e-3f;
      }
    },
    STEPS {
      @Override
      float next(Random random) {
        return (random.nextInt(7) - 3) * .1f;
      }
    },
    EQUAL_MAGNITUDES {
      @Override
      float next(Random random) {
        return random.nextBoolean() ? .3f : -.3f;
      }
    },
    SUBNORMAL {
      @Override
      float next(Random random) {
        return (random.nextInt(9) - 4) * Float.MIN_VALUE;
      }
    },
    ALL {
      @Override
      float next(Random random) {
        return values()[random.nextInt(4)].next(random);
      }
    };

    abstract float next(Random random);

    float nextOrZero(Random random) {
      int draw = random.nextInt(16);
      return draw == 0 ? 0f : draw == 1 ? -0f : next(random);
    }
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void everyStep_givesTheOraclesUnifiedDeltaMasksRescalersAndDecoupledDeltas(
      @ForAll Random random,
      @ForAll MergeLoops mergeLoops,
      @ForAll MergeState mergeState,
      @ForAll RescalerKind rescalerKind,
      @ForAll Values values,
      @ForAll @IntRange(min = 1, max = 12) int tasks,
      @ForAll @IntRange(min = 0, max = 3) int cut) {
    List<TensorSpec> tensors = tensors(random);
    int[] groupOf = groupOf(tensors);
    LocalMerge merge =
        new LocalMerge(mergeLoops, mergeState, rescalerKind, space(tensors), CUTS.get(cut));
    BruteForce oracle = new BruteForce(mergeState, rescalerKind, CUTS.get(cut), groupOf, 4);
    List<float[]> deltas = new ArrayList<>();

    for (int step = 0; step < tasks; step++) {
      float[] delta = delta(random, values, groupOf);
      deltas.add(delta);
      merge.merge(delta);
      oracle.merge(delta);
      assertEqual(merge, oracle, step + 1);
    }
    if (mergeState == MergeState.DELTAS) {
      assertThat(bits(merge.unified())).isEqualTo(bits(OneShot.of(deltas).unified()));
    }
    if (values == Values.GAUSSIAN || values == Values.EQUAL_MAGNITUDES) {
      assertThat(oracle.underflows).as("products that underflow").isZero();
    }
  }

  private static void assertEqual(LocalMerge merge, BruteForce oracle, int tasks) {
    assertThat(bits(merge.unified())).as("u").isEqualTo(bits(oracle.unified));
    for (int task = 0; task < tasks; task++) {
      assertThat(merge.mask(task)).as("mask").isEqualTo(digits(oracle.masks.get(task)));
      for (int tensor = 0; tensor < NAMES.size(); tensor++) {
        int group = GROUP_OF_TENSOR[tensor];
        List<Float> lambda = merge.lambdas().get(task);
        assertThat(lambda.get(lambda.size() == 1 ? 0 : group))
            .as("lambda")
            .isFinite()
            .isEqualTo(oracle.lambdas.get(task)[group]);
      }
      assertThat(bits(merge.decoupled(task)))
          .as("decoupled")
          .isEqualTo(bits(oracle.decoupled(task)));
    }
  }

  /** A delta; sometimes it is 0, or one of its groups is. */
  private static float[] delta(Random random, Values values, int[] groupOf) {
    int empty = random.nextInt(12);
    float[] delta = new float[groupOf.length];
    for (int j = 0; j < delta.length; j++) {
      boolean isEmpty = empty == groupOf[j] || empty == 11;
      delta[j] = isEmpty ? 0f : values.nextOrZero(random);
    }
    return delta;
  }

  private static List<TensorSpec> tensors(Random random) {
    return NAMES.stream().map(name -> TensorSpec.of(name, 1 + random.nextInt(90))).toList();
  }

  private static int[] groupOf(List<TensorSpec> tensors) {
    List<Integer> groups = new ArrayList<>();
    for (int tensor = 0; tensor < tensors.size(); tensor++) {
      for (int element = 0; element < tensors.get(tensor).size(); element++) {
        groups.add(GROUP_OF_TENSOR[tensor]);
      }
    }
    return groups.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ParameterSpace space(List<TensorSpec> tensors) {
    return new ParameterSpace(Digest.of("base"), new ParameterKind.Full(), tensors);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(values[j]);
    }
    return bits;
  }

  private static String digits(boolean[] mask) {
    StringBuilder digits = new StringBuilder();
    for (boolean bit : mask) {
      digits.append(bit ? '1' : '0');
    }
    return digits.toString();
  }
}
