package dev.braid.cli.bench;

import static java.util.Objects.requireNonNull;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.braid.bench.Python;
import dev.braid.bench.TrialModel;
import dev.braid.bench.merge.MergeBench;
import dev.braid.bench.merge.MergeComparison;
import dev.braid.bench.merge.MergeTrial;
import dev.braid.bench.merge.MergeTrial.From;
import dev.braid.bench.merge.MergeTrial.Mode;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a merge with the simplest loops, with mere summing and with plain files. */
@Command(
    name = "merge",
    header = "Compare a merge with the simplest loops, mere summing and plain files.",
    sortOptions = false,
    description = {
      "Merges random deltas of CLIP ViT-B/16's size, in alternation with the simplest loops, with a"
          + " loop that only sums the same arrays (from memory), and with reading and writing the"
          + " same bytes as plain files, including digests (from store). Stops if the merge and the"
          + " simplest loops do not give the same bits.",
      "",
      "From store it works in a separate folder next to the store, which it deletes. From memory"
          + " the deltas must fit the heap: 11 of them need BRAID_HEAP=11g.",
      ""
    })
final class BenchMergeCommand implements Callable<Integer> {
  private static final String ONE_SHOT = "one-shot";
  private static final String DELTAS = "deltas";
  private static final String MEMORY = "memory";
  private static final long MEGA = 1_000_000;
  private static final double GIBI = 1L << 30;
  private static final double HEAP_MARGIN = 1.05;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      required = true,
      description = "one-shot (all deltas at once) or step (one more task).")
  String mode = "";

  @Option(
      names = "--truth",
      paramLabel = "TRUTH",
      description = "decoupled or deltas (default: deltas for one-shot, decoupled for step).")
  @Nullable String truth;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "memory or store (default: memory for one-shot, store for step).")
  @Nullable String from;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description =
          "Deltas of a one-shot merge, or tasks after a step (default: ${DEFAULT-VALUE}).")
  int tasks = 11;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every side (default: ${DEFAULT-VALUE}).")
  int threads = 2;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      converter = BenchOptions.ModelName.class,
      description =
          "The model whose tensor shapes to use: tiny or vit-b-16 (default: ${DEFAULT-VALUE}).")
  TrialModel model = TrialModel.VIT_B_16;

  @Option(
      names = "--coordinates",
      paramLabel = "N",
      description = "One tensor of this length instead of a model's.")
  @Nullable Integer coordinates;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "Measured rounds of every side (default: ${DEFAULT-VALUE}).")
  int turns = MergeBench.TURNS;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "A Python with PyTorch, to include PyTorch in a one-shot merge from memory.")
  @Nullable String python;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    Folder folder =
        Folder.of(
            settings.location().root() + "-bench-" + UUID.randomUUID(),
            settings.location().options());
    MergeComparison comparison =
        new MergeBench(trial(), folder, python(), turns, console::line).compare();
    comparison.lines().forEach(console::line);
    console.result(comparison.toJson());
    return ExitCode.DONE.code();
  }

  private MergeTrial trial() throws IOException {
    checkAtLeastOne("--tasks", tasks);
    checkAtLeastOne("--threads", threads);
    boolean isOneShot = choice("--mode", mode, ONE_SHOT, "step");
    boolean isDeltas =
        choice("--truth", or(truth, isOneShot ? DELTAS : "decoupled"), DELTAS, "decoupled");
    boolean isMemory = choice("--from", or(from, isOneShot ? MEMORY : "store"), MEMORY, "store");
    if (isOneShot && !isDeltas) {
      throw new SettingsException(
          "Invalid --truth: decoupled (a one-shot merge unifies the original deltas: deltas)");
    }
    ParameterSpace space =
        new ParameterSpace(Digest.of(model.toString()), new ParameterKind.Full(), tensors());
    MergeTrial trial =
        new MergeTrial(
            isOneShot ? Mode.ONE_SHOT : Mode.STEP,
            isDeltas ? MergeState.DELTAS : MergeState.DECOUPLED,
            isMemory ? From.MEMORY : From.STORE,
            space,
            tasks,
            threads);
    long room = oldGenerationBytes(Runtime.getRuntime().maxMemory());
    if (trial.heapBytes() > room) {
      throw new SettingsException(
          "Cannot hold %s deltas of %s coordinates in memory: %s MB (the heap has room for %s MB: run 'BRAID_HEAP=%sg ./braid %s')"
              .formatted(
                  tasks,
                  space.coordinates(),
                  trial.heapBytes() / MEGA,
                  room / MEGA,
                  sufficientHeap(trial.heapBytes(), room),
                  arguments()));
    }
    return trial;
  }

  /** The heap size in GiB, for a heap divided like this one, with a margin for other objects. */
  private static long sufficientHeap(long bytes, long room) {
    // Not maxMemory(), which excludes the survivor space that is kept free.
    long heap =
        Long.parseLong(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxHeapSize")
                .getValue());
    return (long) Math.ceil(HEAP_MARGIN * bytes / room * heap / GIBI);
  }

  /** The arguments of this command line, without the program. */
  private String arguments() {
    return String.join(
        " ",
        requireNonNull(spec, "spec is null").root().commandLine().getParseResult().originalArgs());
  }

  /** The size of the old generation, or of the whole heap if it is not divided. */
  private static long oldGenerationBytes(long heap) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().endsWith("Old Gen"))
        .mapToLong(pool -> pool.getUsage().getMax())
        .filter(most -> most > 0)
        .findFirst()
        .orElse(heap);
  }

  private List<TensorSpec> tensors() throws IOException {
    if (coordinates == null) {
      return model.trainedTensors();
    }
    checkAtLeastOne("--coordinates", coordinates);
    return List.of(TensorSpec.of("drawn", coordinates));
  }

  private Optional<Python> python() {
    checkAtLeastOne("--turns", turns);
    if (python == null) {
      return Optional.empty();
    }
    Optional<Python> found = Python.find(python);
    Check.argument(
        found.isPresent(),
        "Cannot compare with PyTorch: %s cannot import torch (give --python PATH of one that can)",
        python);
    return found;
  }

  private static void checkAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new SettingsException("Invalid %s: %s (at least 1)".formatted(option, value));
    }
  }

  /** Whether the value is the first of two. */
  private static boolean choice(String option, String value, String first, String second) {
    if (!value.equals(first) && !value.equals(second)) {
      throw new SettingsException(
          "Invalid %s: '%s' (%s or %s)".formatted(option, value, first, second));
    }
    return value.equals(first);
  }

  private static String or(@Nullable String value, String otherwise) {
    return Optional.ofNullable(value).orElse(otherwise);
  }
}
