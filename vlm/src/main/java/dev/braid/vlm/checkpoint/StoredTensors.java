package dev.braid.vlm.checkpoint;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tensors of a base, in one safetensors file or in shards with an index.
 *
 * <p>The index ({@code model.safetensors.index.json}) maps every tensor to a file in the same
 * directory. A file must hold exactly the tensors that the index places in it: a file that was
 * swapped, or left behind by another model, is refused.
 *
 * @param source the name of the file that lists the tensors
 * @param files the file of every tensor, by the tensor's name
 */
public record StoredTensors(String source, SortedMap<String, SafetensorsFile> files) {
  private static final String INDEX = ".index.json";
  private static final int LONGEST_INDEX = 1 << 20;
  private static final Pattern FILE_NAME = Pattern.compile("[\\w-][\\w.-]*\\.safetensors");

  /** Whether the directory has weights of this name, in one file or in shards. */
  public static boolean exist(BaseDirectory directory, String name) {
    return directory.has(name) || directory.has(name + INDEX);
  }

  /** Opens the file of this name or, if there is none, the shards that its index lists. */
  public static StoredTensors open(BaseDirectory directory, String name) throws IOException {
    SortedMap<String, SafetensorsFile> files = new TreeMap<>();
    if (directory.has(name)) {
      SafetensorsFile file = SafetensorsFile.open(directory.path().resolve(name));
      file.names().forEach(tensor -> files.put(tensor, file));
      return new StoredTensors(name, Collections.unmodifiableSortedMap(files));
    }
    String index = name + INDEX;
    for (Map.Entry<String, SortedSet<String>> shard : shards(directory, index).entrySet()) {
      SafetensorsFile file = open(directory, index, shard.getKey(), shard.getValue());
      shard.getValue().forEach(tensor -> files.put(tensor, file));
    }
    return new StoredTensors(index, Collections.unmodifiableSortedMap(files));
  }

  private static SortedMap<String, SortedSet<String>> shards(BaseDirectory directory, String index)
      throws IOException {
    byte[] json = directory.read(index, LONGEST_INDEX);
    SortedMap<String, SortedSet<String>> shards = new TreeMap<>();
    ConfigReader.parse(index, json)
        .texts("weight_map")
        .forEach(
            (tensor, shard) -> {
              directory.check(
                  FILE_NAME.matcher(shard).matches(),
                  "%s places tensor %s in '%s', which is not the name of a safetensors file",
                  index,
                  tensor,
                  shard);
              shards.computeIfAbsent(shard, name -> new TreeSet<>()).add(tensor);
            });
    return shards;
  }

  private static SafetensorsFile open(
      BaseDirectory directory, String index, String shard, Set<String> placed) throws IOException {
    directory.check(directory.has(shard), "%s names %s, which does not exist", index, shard);
    SafetensorsFile file = SafetensorsFile.open(directory.path().resolve(shard));
    Set<String> held = new HashSet<>(file.names());
    for (String tensor : placed) {
      directory.check(
          held.remove(tensor), "%s places tensor %s in %s, which lacks it", index, tensor, shard);
    }
    for (String tensor : held) {
      directory.check(
          false, "%s holds tensor %s, which %s does not place there", shard, tensor, index);
    }
    return file;
  }

  /** The file that holds this tensor, which must exist. */
  public SafetensorsFile file(String tensor) {
    SafetensorsFile file = files.get(tensor);
    if (file == null) {
      throw new IllegalArgumentException(
          "Cannot read tensor %s of %s: there is none".formatted(tensor, source));
    }
    return file;
  }
}
