package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file's tensors as a configuration wants them: all of them, no others, every value finite. */
final class CheckedWeights implements Weights {
  private final List<TensorSpec> tensors;
  private final SafetensorsFile file;
  private final Path directory;

  CheckedWeights(ClipConfig config, SafetensorsFile file, Path directory) {
    this.tensors = config.tensors();
    this.file = file;
    this.directory = directory;
    checkNames();
    tensors.forEach(this::checkShape);
  }

  private void checkNames() {
    Set<String> surplus = new HashSet<>(file.names());
    surplus.removeIf(ClipConfig::isBuffer);
    List<String> missing =
        tensors.stream().map(TensorSpec::name).filter(n -> !surplus.remove(n)).toList();
    Check.argument(
        missing.isEmpty(),
        "Cannot open the base %s: model.safetensors lacks %s of the tensors that config.json asks for,"
            + " such as %s",
        directory,
        missing.size(),
        missing.stream().findFirst().orElse(""));
    Check.argument(
        surplus.isEmpty(),
        "Cannot open the base %s: model.safetensors has tensors that config.json does not ask for"
            + " (%s), such as %s",
        directory,
        surplus.size(),
        surplus.stream().sorted().findFirst().orElse(""));
  }

  private void checkShape(TensorSpec wanted) {
    List<Long> stored = file.spec(wanted.name()).shape();
    boolean scalar = wanted.shape().isEmpty() && stored.equals(List.of(1L));
    Check.argument(
        scalar || stored.equals(wanted.shape()),
        "Cannot open the base %s: tensor %s has the shape %s, but config.json asks for %s",
        directory,
        wanted.name(),
        stored,
        wanted.shape());
  }

  @Override
  public List<TensorSpec> tensors() {
    return tensors;
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (TensorSpec tensor : tensors) {
      float[] values = file.read(tensor.name()).values();
      checkFinite(tensor, values);
      reader.accept(new NamedTensor(tensor, values));
    }
  }

  private void checkFinite(TensorSpec tensor, float[] values) {
    for (int i = 0; i < values.length; i++) {
      Check.argument(
          Float.isFinite(values[i]),
          "Cannot open the base %s: tensor %s holds %s at position %s",
          directory,
          tensor.name(),
          values[i],
          i);
    }
  }
}
