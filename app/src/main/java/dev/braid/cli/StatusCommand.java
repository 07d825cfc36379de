package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.Quarantine;
import dev.braid.driver.line.InboxState;
import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.settings.Settings;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.run.RunParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the state of a line. */
@Command(
    name = "status",
    header = "Show the state of a line.",
    sortOptions = false,
    description = {
      "Shows the state of a line: its head, the tasks it learned, the tasks that wait in the inbox,"
          + " and those that were set aside and why; and the accuracy of the head on validation"
          + " pictures, as the last gate measured it, with the task known and unknown; and how the"
          + " last run ended. docs/cluster.md describes the JSON, which keeps its fields.",
      "",
      "Next: 'braid run' learns the waiting tasks.",
      ""
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    InboxState inboxState = InboxState.of(store, settings.line());
    Optional<GateFigures> gate = inboxState.lastGate(store);
    Optional<EvaluationCost> evaluated = gate.flatMap(GateFigures::cost);
    Optional<ValidationFigures> validated = gate.map(inboxState::ofHead);
    List<SetAside> setAside = inboxState.head().map(Version::setAside).orElse(List.of());
    console.line("Store     %s", settings.location().root());
    console.line("Line      %s", settings.line());
    console.line("Head      %s", head(inboxState.head()));
    console.line("Learned   %s", learned(inboxState.head()));
    console.line("Waiting   %s", waiting(inboxState));
    validated.map(ValidationText::lines).orElse(List.of()).forEach(console::line);
    evaluated.ifPresent(cost -> console.line("Measured  %s", measured(cost, inboxState)));
    setAside.forEach(aside -> console.line("Set aside %s: %s", aside.task(), aside.reason()));
    Optional<RunRecord> lastRun = store.runs().newestFirst(settings.line()).findFirst();
    lastRun.ifPresent(run -> console.line("Last run  %s", words(run)));
    console.line(next(inboxState));
    console.result(
        json(settings, inboxState, setAside, evaluated)
            .with("head", inboxState.head().map(StatusCommand::json))
            .with(
                "tasks",
                inboxState.head().map(Version::taken).orElse(List.of()),
                entry -> json(entry, validated))
            .with("quarantined", Quarantine.among(setAside), ShowCommand::json)
            .with("last-run", lastRun.map(StatusCommand::json))
            .with("validation", validated.map(ValidationText::json)));
    return ExitCode.DONE.code();
  }

  private static String words(RunRecord run) {
    return "%s at %s, exit code %s%s"
        .formatted(
            run.ending().label(),
            run.ended(),
            ExitCode.of(run.ending()).code(),
            run.reason().map(": "::concat).orElse(""));
  }

  private static JsonObject json(RunRecord run) {
    return RunParser.fields(run).with("exit-code", ExitCode.of(run.ending()).code());
  }

  private static JsonObject json(Version head) {
    return new JsonObject()
        .with("version", head.number())
        .with("model", head.model())
        .with("time", head.time())
        .with("action", head.action());
  }

  /** A learned task, with its accuracies as fractions. */
  private static JsonObject json(InboxEntry entry, Optional<ValidationFigures> validated) {
    return new JsonObject()
        .with("task", entry.task())
        .with("file", entry.file())
        .with("when-learned", entry.validation().map(Proportion::value))
        .with("known-task", validated.flatMap(all -> share(all.known(), entry.task())))
        .with("union-labels", validated.flatMap(all -> share(all.union(), entry.task())));
  }

  private static Optional<Double> share(Map<TaskId, Proportion> shares, TaskId task) {
    return Optional.ofNullable(shares.get(task)).map(Proportion::value);
  }

  private static String head(Optional<Version> head) {
    return head.map(
            version ->
                "version %d, model %s (%s)"
                    .formatted(version.number(), version.model().abbreviated(), version.action()))
        .orElse("none yet; predictions use the base");
  }

  private static String learned(Optional<Version> head) {
    return names(
        head.map(Version::taken).orElse(List.of()).stream()
            .map(entry -> entry.task().name())
            .toList());
  }

  private static String waiting(InboxState inboxState) {
    return names(
        inboxState.waiting().stream()
            .map(
                file ->
                    file.task() + (replaces(inboxState, file) ? " (replaces the learned one)" : ""))
            .toList());
  }

  private static boolean replaces(InboxState inboxState, InboxFile file) {
    try {
      return inboxState.knows(file.task())
          && TaskFile.parse(file.text(), "the inbox").replaces().isPresent();
    } catch (IllegalArgumentException unreadable) { // 'braid run' reports why and sets it aside
      return false;
    }
  }

  private static String measured(EvaluationCost last, InboxState inboxState) {
    return "the last candidate on %s; the next one takes about %s"
        .formatted(text(last), text(next(last, inboxState)));
  }

  private static EvaluationCost next(EvaluationCost last, InboxState inboxState) {
    return last.next(inboxState.head().map(Version::taken).orElse(List.of()).size());
  }

  private static String text(EvaluationCost cost) {
    return String.format(Locale.ROOT, "%,d pictures in %.1f s", cost.pictures(), cost.seconds());
  }

  private static JsonObject json(EvaluationCost cost) {
    return new JsonObject().with("pictures", cost.pictures()).with("seconds", cost.seconds());
  }

  private static String names(List<String> names) {
    return names.isEmpty()
        ? "nothing"
        : names.stream().collect(Collectors.joining(", ", "", " (" + names.size() + ")"));
  }

  private static String next(InboxState inboxState) {
    if (!inboxState.waiting().isEmpty()) {
      return "Next: braid run";
    }
    boolean isSetAside =
        inboxState.head().stream()
            .flatMap(head -> head.setAside().stream())
            .anyMatch(aside -> inboxState.lastSetAside(aside.task()).isPresent());
    return "Nothing to do: 'braid add' puts a task in the inbox"
        + (isSetAside
            ? ", 'braid add --again TASK' puts one back that was set aside, 'braid run --force"
                + " TASK' publishes it regardless of the gate."
            : ".");
  }

  private static JsonObject json(
      Settings settings,
      InboxState inboxState,
      List<SetAside> setAside,
      Optional<EvaluationCost> evaluated) {
    return new JsonObject()
        .with("store", settings.location().root())
        .with("line", settings.line())
        .with("version", inboxState.head().map(Version::number))
        .with("model", inboxState.head().map(Version::model))
        .with(
            "learned",
            inboxState.head().map(Version::taken).orElse(List.of()),
            entry -> entry.task().name())
        .with("last-evaluation", evaluated.map(StatusCommand::json))
        .with("next-evaluation", evaluated.map(last -> json(next(last, inboxState))))
        .with("waiting", inboxState.waiting(), file -> file.task().name())
        .with("set-aside", setAside, ShowCommand::json);
  }
}
