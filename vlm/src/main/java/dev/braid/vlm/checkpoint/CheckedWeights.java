package dev.braid.vlm.checkpoint;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Stored tensors as a configuration wants them: all of them, no others, every value finite. */
final class CheckedWeights implements Weights {
  private final List<TensorSpec> tensors;
  private final StoredTensors stored;
  private final BaseDirectory directory;

  CheckedWeights(ClipConfig config, StoredTensors stored, BaseDirectory directory) {
    this.tensors = config.tensors();
    this.stored = stored;
    this.directory = directory;
    checkNames();
    tensors.forEach(this::checkShape);
  }

  private void checkNames() {
    Set<String> surplus = new TreeSet<>(stored.files().keySet());
    surplus.removeIf(ClipConfig::isBuffer);
    List<String> missing =
        tensors.stream().map(TensorSpec::name).filter(n -> !surplus.remove(n)).toList();
    directory.check(
        missing.isEmpty(),
        "%s lacks %s of the tensors that config.json asks for, such as %s",
        stored.source(),
        missing.size(),
        missing.stream().findFirst().orElse(""));
    directory.check(
        surplus.isEmpty(),
        "%s has tensors that config.json does not ask for (%s), such as %s",
        stored.source(),
        surplus.size(),
        surplus.stream().findFirst().orElse(""));
  }

  private void checkShape(TensorSpec wanted) {
    SafetensorsFile file = stored.file(wanted.name());
    List<Long> shape = file.spec(wanted.name()).shape();
    boolean scalar = wanted.shape().isEmpty() && shape.equals(List.of(1L));
    directory.check(
        scalar || shape.equals(wanted.shape()),
        "tensor %s of %s has the shape %s, but config.json asks for %s",
        wanted.name(),
        file.name(),
        shape,
        wanted.shape());
  }

  @Override
  public List<TensorSpec> tensors() {
    return tensors;
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (TensorSpec tensor : tensors) {
      SafetensorsFile file = stored.file(tensor.name());
      float[] values = file.read(tensor.name()).values();
      checkFinite(tensor.name(), file, values);
      reader.accept(new NamedTensor(tensor, values));
    }
  }

  private void checkFinite(String tensor, SafetensorsFile file, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        directory.check(
            false, "tensor %s of %s holds %s at position %s", tensor, file.name(), values[i], i);
      }
    }
  }
}
