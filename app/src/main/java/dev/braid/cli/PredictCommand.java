package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.CandidateOptions;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.Candidates;
import dev.braid.inference.classify.ModelVersion;
import dev.braid.jobs.predict.OutputFormat;
import dev.braid.jobs.predict.PredictInput;
import dev.braid.jobs.predict.PredictJob;
import dev.braid.jobs.predict.PredictRequest;
import dev.braid.jobs.predict.PredictRequest.Existing;
import dev.braid.jobs.predict.PredictedModel;
import dev.braid.jobs.predict.PredictionCounts;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies pictures with a version. */
@Command(
    name = "predict",
    header = "Classify the pictures of a folder, a table or a list.",
    sortOptions = false,
    description = {
      "Classifies pictures with a version, in Spark, and writes one row for each of them: label,"
          + " task, probability, the most probable labels, whether the picture is of no learned"
          + " task, version and model digest, and an error if the picture cannot be read.",
      "",
      "INPUT is a folder with pictures at any depth, a Parquet file or a folder of Parquet files,"
          + " or, with --list, a text file with a path in each line. The candidates are the classes"
          + " of all learned tasks, unless --task or --classes says otherwise.",
      "",
      "If it is interrupted, run the same command again: it goes on where it stopped.",
      ""
    })
final class PredictCommand implements Callable<Integer> {
  @Parameters(paramLabel = "INPUT", description = "The pictures: any Hadoop path.")
  String input = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write into: any Hadoop path; new, or of the same prediction.")
  String out = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version's number (default: the head).")
  @Nullable Integer version;

  @Mixin CandidateOptions candidates = new CandidateOptions();

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "The number of most probable labels in a row (default: 5).")
  int topK = 5;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "parquet (default), csv (top_k is JSON text) or json (one object a line).")
  OutputFormat format = OutputFormat.PARQUET;

  @Option(names = "--list", description = "INPUT is a text file with a path in each line.")
  boolean isList;

  @Option(
      names = "--image-column",
      paramLabel = "COLUMN",
      description =
          "The column of a table with the pictures: binary, or a struct with a binary field 'bytes'"
              + " (default: image).")
  @Nullable String imageColumn;

  @Option(
      names = "--keep",
      paramLabel = "A,B",
      split = ",",
      description = "The columns of a table that the output keeps (default: all others).")
  @Nullable List<String> keep;

  @Option(names = "--overwrite", description = "Delete the prediction that is in DIR first.")
  boolean overwrite;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    PredictedModel model = model(settings);
    PredictRequest request =
        new PredictRequest(
            input(settings),
            model,
            format,
            absolute(out),
            overwrite ? Existing.OVERWRITE : Existing.RESUME);
    try (Braid braid = Braid.open(settings)) {
      print(console, request, braid.predict(request, options.progress()));
    }
    return ExitCode.DONE.code();
  }

  private PredictedModel model(Settings settings) throws IOException {
    Candidates chosen = candidates.candidates();
    try (BraidModel model = BraidModel.open(settings.location())) {
      ModelVersion found =
          version == null ? model.head(settings.line()) : model.version(settings.line(), version);
      found.check(chosen);
      return new PredictedModel(found.number(), found.digest(), chosen, topK);
    }
  }

  private PredictInput input(Settings settings) {
    String path = absolute(input);
    boolean isOfTable = imageColumn != null || keep != null;
    if (isList && isOfTable) {
      throw new SettingsException(
          "Give --list, or --image-column and --keep: a list has no columns");
    } else if (isList) {
      return new PredictInput.PathList(path);
    }
    return isOfTable || PredictJob.isTable(path, settings.location())
        ? new PredictInput.Table(
            path, imageColumn == null ? "image" : imageColumn, Optional.ofNullable(keep))
        : new PredictInput.FolderTree(path);
  }

  /** Executors have other working directories; a path with a scheme is already absolute. */
  private static String absolute(String path) {
    if (path.isBlank()) {
      throw new SettingsException("Invalid path: '%s' (not blank)".formatted(path));
    }
    return path.matches("[a-z][a-z0-9+.-]+:.*")
        ? path
        : Path.of(path).toAbsolutePath().normalize().toString();
  }

  private static void print(Console console, PredictRequest request, PredictionCounts counts) {
    console.line("Predicted %,d rows with version %s.", counts.rows(), request.model().version());
    counts.byTask().forEach((name, pictures) -> console.line("%s", count(name, pictures, counts)));
    console.line("%s", count("to the base", counts.toBase(), counts));
    console.line("%s", count("of no task", counts.ofNoTask(), counts));
    console.line("%s", count("errors", counts.errors(), counts));
    console.line(
        "%s",
        String.format(Locale.ROOT, "Forwards per picture: %.2f", counts.forwardsPerPicture()));
    console.line("Output: %s", request.output());
    console.result(
        counts
            .toJson()
            .with("version", request.model().version())
            .with("model", request.model().digest())
            .with("to-base", counts.toBase())
            .with("forwards-per-picture", counts.forwardsPerPicture())
            .with("output", request.output()));
  }

  private static String count(String name, long count, PredictionCounts counts) {
    double percent = counts.rows() == 0 ? 0 : 100.0 * count / counts.rows();
    return String.format(Locale.ROOT, "  %-20s %,10d  %5.1f %%", name, count, percent);
  }
}
