package dev.braid.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The groups of a space's tensors that rescalers take their means over (METHODS 2.2). */
public final class TensorGroups implements Serializable {
  /*
   * A group is a tensor. But the q, k and v weights of one attention are one group, and so are
   * their biases: checkpoints with a fused in_proj hold them in one tensor, and the layout of a
   * checkpoint must not change a rescaler. The group has the name of that fused tensor. In an
   * adapter every factor is a group.
   */
  private static final Pattern SPLIT_PROJECTION =
      Pattern.compile("(.+)\\.[qkv]_proj\\.(weight|bias)");

  private final List<String> names;
  private final long[] sizes;
  private final int[] groupOfTensor;

  /** First coordinate of every tensor, then the length of the whole vector. */
  private final long[] starts;

  private TensorGroups(List<String> names, int[] groupOfTensor, long[] starts) {
    this.names = List.copyOf(names);
    this.groupOfTensor = groupOfTensor;
    this.starts = starts;
    this.sizes = new long[names.size()];
    for (int tensor = 0; tensor < groupOfTensor.length; tensor++) {
      sizes[groupOfTensor[tensor]] += starts[tensor + 1] - starts[tensor];
    }
  }

  /** The groups of a space, in the order of their first tensors. */
  public static TensorGroups of(ParameterSpace space) {
    List<TensorSpec> tensors = space.tensors();
    Map<String, Integer> groups = new LinkedHashMap<>();
    int[] groupOfTensor = new int[tensors.size()];
    long[] starts = new long[tensors.size() + 1];
    for (int i = 0; i < tensors.size(); i++) {
      String name = groupName(space.kind(), tensors.get(i).name());
      groups.putIfAbsent(name, groups.size());
      groupOfTensor[i] = groups.get(name);
      starts[i + 1] = starts[i] + tensors.get(i).size();
    }
    return new TensorGroups(new ArrayList<>(groups.keySet()), groupOfTensor, starts);
  }

  private static String groupName(ParameterKind kind, String tensor) {
    Matcher split = SPLIT_PROJECTION.matcher(tensor);
    boolean fuses = kind instanceof ParameterKind.Full && split.matches();
    return fuses ? split.group(1) + ".in_proj_" + split.group(2) : tensor;
  }

  /** The number of groups. */
  public int count() {
    return names.size();
  }

  /** The groups' names, in order: a tensor's own, or that of the fused projection. */
  public List<String> names() {
    return names;
  }

  /** The number of coordinates in a group. */
  public long size(int group) {
    return sizes[group];
  }

  /** The group of the tensor at this place of the space's list. */
  public int groupOf(int tensor) {
    return groupOfTensor[tensor];
  }

  /**
   * The longest stretches of one group in the given range of the flattened vector, in order.
   *
   * <p>A group may have several of them, because k, q and v are not adjacent.
   */
  public List<Run> runs(long start, int length) {
    long end = start + length;
    Check.argument(
        start >= 0 && length > 0 && end <= starts[starts.length - 1],
        "Invalid range: %s coordinates from %s (inside %s)",
        length,
        start,
        starts[starts.length - 1]);
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int tensor = tensorAt(start); from < length; tensor++) {
      int to = (int) (Math.min(end, starts[tensor + 1]) - start);
      append(runs, new Run(groupOfTensor[tensor], from, to));
      from = to;
    }
    return runs;
  }

  private int tensorAt(long coordinate) {
    int found = Arrays.binarySearch(starts, coordinate);
    return found >= 0 ? found : -found - 2;
  }

  private static void append(List<Run> runs, Run next) {
    int last = runs.size() - 1;
    if (last >= 0 && runs.get(last).group() == next.group()) {
      runs.set(last, new Run(next.group(), runs.get(last).from(), next.to()));
    } else {
      runs.add(next);
    }
  }

  /**
   * A stretch of one group.
   *
   * @param from its first coordinate, counted from the start of the range asked for
   * @param to the coordinate after its last one, counted in the same way
   */
  public record Run(int group, int from, int to) implements Serializable {}
}
