package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.checkpoint.BaseDirectory;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.checkpoint.StoredTensors;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights of a checkpoint, checked: all tensors of the configuration, no others, all finite.
 */
final class CheckedWeights implements Weights {
  private final List<TensorSpec> tensors;
  private final Layout layout;
  private final StoredTensors stored;
  private final BaseDirectory directory;
  private final String prefix;

  CheckedWeights(
      List<TensorSpec> tensors, Layout layout, StoredTensors stored, BaseDirectory directory) {
    this.tensors = tensors;
    this.layout = layout;
    this.stored = stored;
    this.directory = directory;
    this.prefix = TensorPrefix.of(stored.files().keySet());
    checkNames();
    tensors.forEach(this::checkShape);
  }

  private void checkNames() {
    Set<String> surplus = new TreeSet<>(stored.files().keySet());
    Set<String> missing = new LinkedHashSet<>();
    tensors.forEach(tensor -> missing.add(name(layout.source(tensor))));
    surplus.removeIf(name -> missing.remove(name) || isBuffer(name));
    String first = missing.stream().findFirst().orElse("");
    directory.check(
        missing.isEmpty(),
        "%s lacks %s of the tensors that %s requires, such as %s%s",
        stored.source(),
        missing.size(),
        layout.config(),
        first,
        renamed(first, surplus));
    directory.check(
        surplus.isEmpty(),
        "%s has tensors that %s does not require (%s), such as %s",
        stored.source(),
        layout.config(),
        surplus.size(),
        surplus.stream().findFirst().orElse(""));
  }

  /** A tensor's name in the files. */
  private String name(TensorSource source) {
    return prefix + source.stored().name();
  }

  private boolean isBuffer(String name) {
    return name.startsWith(prefix) && layout.isBuffer(name.substring(prefix.length()));
  }

  /** Names a tensor that is the missing one under a longer name. */
  private static String renamed(String missing, Set<String> surplus) {
    return surplus.stream()
        .filter(name -> name.endsWith("." + missing))
        .findFirst()
        .map(name -> " (it has %s: rename the tensors)".formatted(name))
        .orElse("");
  }

  private void checkShape(TensorSpec tensor) {
    TensorSource source = layout.source(tensor);
    TensorSpec wanted = source.stored();
    SafetensorsFile file = stored.file(name(source));
    List<Long> shape = file.spec(name(source)).shape();
    boolean scalar = wanted.shape().isEmpty() && shape.equals(List.of(1L));
    directory.check(
        scalar || shape.equals(wanted.shape()),
        "tensor %s of %s has the shape %s, but %s requires %s",
        name(source),
        file.name(),
        shape,
        layout.config(),
        wanted.shape());
  }

  @Override
  public List<TensorSpec> tensors() {
    return tensors;
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (TensorSpec tensor : tensors) {
      reader.accept(new NamedTensor(tensor, values(tensor)));
    }
  }

  private float[] values(TensorSpec tensor) throws IOException {
    TensorSource tensorSource = layout.source(tensor);
    String name = name(tensorSource);
    SafetensorsFile file = stored.file(name);
    float[] read = file.read(name, tensorSource.start(), tensor.size());
    for (int i = 0; i < read.length; i++) {
      if (!Float.isFinite(read[i])) {
        directory.check(
            false,
            "tensor %s of %s holds %s at position %s",
            name,
            file.name(),
            read[i],
            tensorSource.start() + i);
      }
    }
    return tensorSource.arrange(read);
  }
}
