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

/**
 * The one-shot merge in PyTorch, on random deltas of the same shapes. Each turn has a process of
 * its own: a process holds all deltas, and two of them would not fit beside Braid's.
 */
final class PyTorchSide {
  private static final String SCRIPT = "merge.py";
  private static final String SHAPES = "shapes.json";

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

  private final Python python;
  private final MergeTrial trial;
  private final Allocator allocator;
  private long peakBytes;

  PyTorchSide(Python python, MergeTrial trial, Allocator allocator) {
    this.python = python;
    this.trial = trial;
    this.allocator = allocator;
  }

  /** The seconds of a merge. */
  double seconds() {
    try {
      Path folder = Files.createTempDirectory("braid-bench");
      try (Side side = start(folder)) {
        double seconds = side.seconds(1);
        peakBytes = Math.max(peakBytes, side.peakBytes());
        return seconds;
      } finally {
        for (String file : List.of(SCRIPT, SHAPES, "")) {
          Files.deleteIfExists(folder.resolve(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Side start(Path folder) throws IOException {
    try (InputStream in = PyTorchSide.class.getResourceAsStream(SCRIPT)) {
      Files.copy(Objects.requireNonNull(in, SCRIPT), folder.resolve(SCRIPT));
    }
    Files.writeString(
        folder.resolve(SHAPES),
        trial.space().tensors().stream()
            .map(TensorSpec::shape)
            .map(Object::toString)
            .collect(Collectors.joining(", ", "[", "]")));
    String threads = Integer.toString(trial.threads());
    List<String> command =
        List.of(
            python.command(),
            folder.resolve(SCRIPT).toString(),
            folder.resolve(SHAPES).toString(),
            Integer.toString(trial.tasks()),
            threads);
    Map<String, String> environment = new HashMap<>(allocator.environment());
    environment.put("OMP_NUM_THREADS", threads);
    return Side.start(allocator.label, command, environment);
  }

  /** The peak memory of all turns so far, in addition to the deltas. */
  long peakBytes() {
    return peakBytes;
  }
}
