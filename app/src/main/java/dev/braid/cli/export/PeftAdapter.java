package dev.braid.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.checkpoint.NewDirectory;
import dev.braid.vlm.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An adapter in the layout of the PEFT library: the factors under PEFT's names, and a configuration
 * with which it computes W + scale · B · A.
 *
 * @param factors in Braid's names, {@code <target>.lora_A.weight} and B
 */
record PeftAdapter(ParameterKind.Adapter kind, Weights factors) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** PEFT wraps the model twice; its names say so. */
  private static final String PREFIX = "base_model.model.";

  /** Creates a directory with the adapter and these files; it appears complete or not at all. */
  void writeNew(Path directory, Map<String, byte[]> files) throws IOException {
    NewDirectory.at(directory)
        .fill(
            unfinished -> {
              for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(unfinished.resolve(file.getKey()), file.getValue());
              }
              Files.write(unfinished.resolve("adapter_config.json"), config());
              SafetensorsWriter.write(
                  unfinished.resolve("adapter_model.safetensors"), new Renamed(factors));
            });
  }

  private byte[] config() {
    ObjectNode config = JSON.createObjectNode();
    config.put("peft_type", "LORA").putNull("base_model_name_or_path").putNull("task_type");
    config.put("r", kind.rank());
    config.put("lora_alpha", (double) kind.scale() * kind.rank()); // PEFT divides by the rank
    config.put("lora_dropout", 0.0).put("bias", "none").put("fan_in_fan_out", false);
    config.put("use_rslora", false).put("use_dora", false).put("inference_mode", true);
    kind.targets().forEach(config.putArray("target_modules")::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Cannot write JSON", e);
    }
  }

  /** The factors under PEFT's names. */
  private record Renamed(Weights factors) implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return factors.tensors().stream().map(Renamed::renamed).toList();
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      factors.forEach(
          factor -> reader.accept(new NamedTensor(renamed(factor.spec()), factor.values())));
    }

    private static TensorSpec renamed(TensorSpec factor) {
      return new TensorSpec(PREFIX + factor.name(), factor.shape());
    }
  }
}
