package dev.braid.bench.merge;

import dev.braid.bench.Python;
import dev.braid.bench.Side;
import dev.braid.model.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The one-shot merge in PyTorch, in a separate process, on random deltas of the same shapes. */
final class PyTorchSide implements AutoCloseable {
  private static final String SCRIPT = "merge.py";

  /** Which memory PyTorch computes in. */
  enum Allocator {
    /** glibc's defaults: every large array is mapped from the system and given back again. */
    DEFAULT("PyTorch"),

    /** glibc keeps freed memory for the next array, which saves most of PyTorch's time here. */
    TUNED("PyTorch with a tuned allocator");

    private final String label;

    Allocator(String label) {
      this.label = label;
    }

    private Map<String, String> environment() {
      return this == TUNED
          ? Map.of("MALLOC_MMAP_MAX_", "0", "MALLOC_TRIM_THRESHOLD_", "-1")
          : Map.of();
    }
  }

  private final Path folder;
  private final Side side;

  private PyTorchSide(Path folder, Side side) {
    this.folder = folder;
    this.side = side;
  }

  static PyTorchSide start(Python python, MergeTrial trial, Allocator allocator)
      throws IOException {
    Path folder = Files.createTempDirectory("braid-bench");
    Path script = folder.resolve(SCRIPT);
    try (InputStream in = PyTorchSide.class.getResourceAsStream(SCRIPT)) {
      Files.copy(Objects.requireNonNull(in, SCRIPT), script);
    }
    Path shapes = folder.resolve("shapes.json");
    Files.writeString(
        shapes,
        trial.space().tensors().stream()
            .map(TensorSpec::shape)
            .map(Object::toString)
            .collect(Collectors.joining(", ", "[", "]")));
    String threads = Integer.toString(trial.threads());
    List<String> command =
        List.of(
            python.command(),
            script.toString(),
            shapes.toString(),
            Integer.toString(trial.tasks()),
            threads);
    Map<String, String> environment = new HashMap<>(allocator.environment());
    environment.put("OMP_NUM_THREADS", threads);
    return new PyTorchSide(folder, Side.start(allocator.label, command, environment));
  }

  /** The seconds of a merge. */
  double seconds() {
    try {
      return side.seconds(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The peak memory in addition to the deltas. */
  long peakBytes() {
    try {
      return side.peakBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    side.close();
    for (String file : List.of(SCRIPT, "shapes.json", "")) {
      delete(folder.resolve(file));
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
