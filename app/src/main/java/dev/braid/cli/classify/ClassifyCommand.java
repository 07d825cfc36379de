package dev.braid.cli.classify;

import dev.braid.cli.terminal.CandidateOptions;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.Candidates;
import dev.braid.inference.classify.ModelVersion;
import dev.braid.inference.classify.Prediction;
import dev.braid.settings.Settings;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies files on this computer, without Spark. */
@Command(
    name = "classify",
    header = "Classify a few picture files, without Spark.",
    sortOptions = false,
    description = {
      "Classifies picture files with a version and prints the answers: the same as those of 'braid"
          + " predict', which is for many pictures. It loads the base and the experts that are"
          + " asked.",
      "",
      "For each file it prints the most probable labels, which learned task the picture is from,"
          + " and whether it is of no learned task. The candidates are the classes of all learned"
          + " tasks, unless --task or --classes says otherwise.",
      "",
      "A file that cannot be read or decoded does not stop the others. The exit code is 0 if all"
          + " files are answered, 5 if some are, and 3 if none is.",
      ""
    })
public final class ClassifyCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Picture files.")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version's number (default: the head).")
  @Nullable Integer version;

  @Mixin CandidateOptions candidates = new CandidateOptions();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "The number of most probable labels of a picture (default: 5).")
  int top = 5;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    Candidates chosen = candidates.candidates();
    int experts = settings.predict().openExperts();
    try (BraidModel model = BraidModel.open(settings.location(), Device.CPU, experts)) {
      ModelVersion found =
          version == null ? model.head(settings.line()) : model.version(settings.line(), version);
      FileClassifier classifier =
          new FileClassifier(
              found.classifier().candidates(chosen).topK(top).build(), settings.predict());
      List<ClassifiedFile> all = new ArrayList<>();
      classifier.classify(
          files,
          file -> {
            file.print(console);
            all.add(file);
          });
      console.result(result(settings, found, all));
      return code(all).code();
    }
  }

  private static JsonObject result(
      Settings settings, ModelVersion version, List<ClassifiedFile> files) {
    return new JsonObject()
        .with("line", settings.line())
        .with("version", version.number())
        .with("model", version.digest())
        .with("files", files, ClassifiedFile::json);
  }

  private static ExitCode code(List<ClassifiedFile> files) {
    long answered =
        files.stream().filter(file -> file.prediction() instanceof Prediction.Answered).count();
    if (answered == files.size()) {
      return ExitCode.DONE;
    }
    return answered == 0 ? ExitCode.REFUSED_INPUT : ExitCode.DONE_WITH_REFUSALS;
  }
}
