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

  CheckedWeights(
      List<TensorSpec> tensors, Layout layout, StoredTensors stored, BaseDirectory directory) {
    this.tensors = tensors;
    this.layout = layout;
    this.stored = stored;
    this.directory = directory;
    checkNames();
    tensors.forEach(this::checkShape);
  }

  private void checkNames() {
    Set<String> surplus = new TreeSet<>(stored.files().keySet());
    Set<String> missing = new LinkedHashSet<>();
    tensors.forEach(tensor -> missing.add(layout.source(tensor).stored().name()));
    surplus.removeIf(name -> missing.remove(name) || layout.isBuffer(name));
    directory.check(
        missing.isEmpty(),
        "%s lacks %s of the tensors that %s requires, such as %s",
        stored.source(),
        missing.size(),
        layout.config(),
        missing.stream().findFirst().orElse(""));
    directory.check(
        surplus.isEmpty(),
        "%s has tensors that %s does not require (%s), such as %s",
        stored.source(),
        layout.config(),
        surplus.size(),
        surplus.stream().findFirst().orElse(""));
  }

  private void checkShape(TensorSpec tensor) {
    TensorSpec wanted = layout.source(tensor).stored();
    SafetensorsFile file = stored.file(wanted.name());
    List<Long> shape = file.spec(wanted.name()).shape();
    boolean scalar = wanted.shape().isEmpty() && shape.equals(List.of(1L));
    directory.check(
        scalar || shape.equals(wanted.shape()),
        "tensor %s of %s has the shape %s, but %s requires %s",
        wanted.name(),
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
    String name = tensorSource.stored().name();
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
