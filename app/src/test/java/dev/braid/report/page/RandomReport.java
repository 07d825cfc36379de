package dev.braid.report.page;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.report.AlignmentFigures;
import dev.braid.report.AnswerFigures;
import dev.braid.report.Conditions;
import dev.braid.report.ConfusedPair;
import dev.braid.report.Contender;
import dev.braid.report.LineHead;
import dev.braid.report.Matrix;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
import dev.braid.report.StreamReport;
import dev.braid.report.TaskFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A report of random numbers, as large as a real one. */
final class RandomReport {
  static final List<String> REAL_STREAM =
      List.of("caltech101", "dtd10", "food101", "mnist", "pacs_cartoon", "rsscn7");
  static final List<String> MTIL =
      List.of(
          "aircraft",
          "caltech101",
          "cifar100",
          "dtd",
          "eurosat",
          "flowers",
          "food",
          "mnist",
          "oxford-pet",
          "stanford-cars",
          "sun397");
  static final List<String> MANY =
      IntStream.rangeClosed(1, 40).mapToObj(i -> "camera-" + (100 + i)).toList();
  static final List<String> STRATEGIES =
      List.of(
          "zero-shot",
          "individual",
          "sequential",
          "wise-ft",
          "average",
          "task-arithmetic",
          "ties",
          "magmax",
          "condu-decoupled",
          "condu-deltas",
          "condu-deltas-per-tensor",
          "pam");

  /** A PNG of one pixel. */
  static final String DOT =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNoWHAAAAOEAeE2qCkcAAAAAElFTkSuQmCC";

  private static final List<String> PROTOCOLS = List.of("known-task", "own-labels", "union-labels");

  private final Random random = new Random(7);
  private final List<String> tasks;
  private final List<String> strategies;

  private RandomReport(List<String> tasks, List<String> strategies) {
    this.tasks = tasks;
    this.strategies = strategies;
  }

  /** Writes the page of a real stream's size, of MTIL's or of a line, for manual inspection. */
  public static void main(String[] arguments) throws IOException {
    StreamReport report =
        switch (arguments[1]) {
          case "line" -> ofLine(MTIL);
          case "long" -> ofLine(MANY);
          case "mtil" -> of(MTIL, STRATEGIES, 2);
          default -> of(REAL_STREAM, STRATEGIES, 2);
        };
    System.out.println(ReportFolder.at(Path.of(arguments[0])).write(report));
  }

  /** A report of these strategies under all protocols in this number of orders. */
  static StreamReport of(List<String> tasks, List<String> strategies, int orders) {
    return new RandomReport(tasks, strategies).report(orders);
  }

  /** The report of a line that has learned the tasks, one per version, and has set one aside. */
  static StreamReport ofLine(List<String> tasks) {
    List<InboxEntry> taken = new ArrayList<>();
    List<Version> versions = new ArrayList<>();
    for (String task : tasks) {
      taken.add(new InboxEntry(taken.size() + 1, new TaskId(task), Digest.of(task)));
      versions.add(version(taken, "learn " + task, task, List.of()));
    }
    String model = tasks.get(tasks.size() - 1);
    SetAside refused =
        new SetAside(
            Digest.of("x"), new TaskId("blurred"), "dtd fell by 3.1 points: 60.2 % to 57.1 %");
    versions.add(version(taken, "set aside blurred", model, List.of(refused)));
    return of(tasks, List.of("condu-deltas"), 1).withHead(LineHead.of(versions, Digest.of(model)));
  }

  private static Version version(
      List<InboxEntry> taken, String action, String model, List<SetAside> setAside) {
    int number = taken.size() + setAside.size();
    return new Version(
        LineId.MAIN,
        number,
        number == 1 ? OptionalInt.empty() : OptionalInt.of(number - 1),
        Instant.parse("2026-03-01T02:30:00Z").plus(number, ChronoUnit.DAYS),
        action,
        Digest.of(model),
        taken,
        setAside,
        Optional.empty(),
        Optional.empty());
  }

  private StreamReport report(int orders) {
    List<Result> results = new ArrayList<>();
    for (String strategy : strategies) {
      for (String protocol : PROTOCOLS) {
        for (int order = 0; order < orders; order++) {
          results.add(result(strategy, protocol, order));
        }
      }
    }
    return new StreamReport(
            "Six real data sets, one after the other",
            results,
            new TreeMap<>(
                Map.of(
                    "base", "3f1c".repeat(16),
                    "braid", "0.1.0",
                    "command", "braid bench stream conf/real-stream.conf --out docs/results/real",
                    "braid.train.steps", "1000",
                    "java", "17.0.15")))
        .withReferences(Set.of("zero-shot", "individual"));
  }

  private Result result(String strategy, String protocol, int order) {
    List<TaskId> ordered = new ArrayList<>(tasks.stream().map(TaskId::new).toList());
    Collections.rotate(ordered, order * 2);
    Result result =
        Result.of(
            new Contender(
                strategy,
                "arXiv 2503.10705, truth deltas",
                new TreeMap<>(Map.of("rescaler", "per-tensor", "learning-rate", "1e-3"))),
            new Conditions(protocol, order == 0 ? "alphabetical" : "shuffled", 1),
            matrix(STRATEGIES.indexOf(strategy), PROTOCOLS.indexOf(protocol), ordered));
    if (strategy.startsWith("condu")) {
      result = result.withTasks(ordered.stream().map(RandomReport::figures).toList());
      result = protocol.equals("known-task") ? result : result.withRouting(routing(ordered));
      result = result.withAnswers(answers(ordered));
      result = protocol.equals("union-labels") ? result.withConfused(confused(ordered)) : result;
    }
    if (result.tasks().isEmpty()) {
      result = result.withTasks(ordered.stream().map(RandomReport::sizes).toList());
    }
    return strategy.equals("pam") ? result.withAlignments(alignments(ordered)) : result;
  }

  private Matrix matrix(int strategy, int protocol, List<TaskId> ordered) {
    List<List<Double>> rows = new ArrayList<>();
    for (int step = 0; step <= ordered.size(); step++) {
      List<Double> row = new ArrayList<>();
      for (int task = 1; task <= ordered.size(); task++) {
        double base = 0.08 + 0.02 * (ordered.get(task - 1).name().hashCode() & 7);
        double learned = base + 0.45 - 0.04 * protocol;
        double kept =
            strategy == 0 ? 0 : Math.pow(0.80 + 0.017 * strategy, Math.max(0, step - task));
        double share = step >= task ? base + (learned - base) * kept : base;
        row.add(Math.min(1, Math.max(0, share + 0.015 * random.nextGaussian())));
      }
      rows.add(row);
    }
    return new Matrix(ordered, rows);
  }

  private static TaskFigures sizes(TaskId task) {
    return TaskFigures.of(task, 10, 5000, 2000);
  }

  private static TaskFigures figures(TaskId task) {
    Random random = new Random(task.name().hashCode());
    return sizes(task)
        .withIndividual(0.5 + 0.4 * random.nextDouble())
        .withDensity(0.4 + 0.3 * random.nextDouble())
        .withReconstruction(0.2 + 0.4 * random.nextDouble(), 0.7 + 0.2 * random.nextDouble());
  }

  private RoutingTable routing(List<TaskId> ordered) {
    List<List<Long>> counts = new ArrayList<>();
    for (int task = 0; task < ordered.size(); task++) {
      List<Long> row = new ArrayList<>();
      for (int to = 0; to < ordered.size(); to++) {
        row.add(to == task ? 400L + random.nextInt(300) : random.nextInt(60));
      }
      counts.add(row);
    }
    return new RoutingTable(ordered, counts);
  }

  private AnswerFigures answers(List<TaskId> ordered) {
    CalibrationError confidence = CalibrationError.ZERO;
    for (int i = 0; i < 3000; i++) {
      double each = 1 - 0.7 * random.nextDouble() * random.nextDouble();
      confidence =
          confidence.plus(
              random.nextDouble() < each - 0.03
                  ? CalibrationError.ofCorrect(each)
                  : CalibrationError.ofWrong(each));
    }
    return new AnswerFigures(
        ordered,
        ordered.stream().map(task -> 2000L).toList(),
        ordered.stream().map(task -> 60L + random.nextInt(80)).toList(),
        confidence,
        ordered.stream().map(task -> List.of(confusion(task))).toList());
  }

  private static Confusion confusion(TaskId task) {
    return new Confusion("class of " + task, task, "another class", 12, 3);
  }

  private static List<ConfusedPair> confused(List<TaskId> ordered) {
    return ordered.stream()
        .limit(8)
        .map(
            task -> new ConfusedPair(task, confusion(task), 40, Optional.of(DOT), Optional.of(DOT)))
        .toList();
  }

  private static List<AlignmentFigures> alignments(List<TaskId> ordered) {
    Random random = new Random(7);
    List<AlignmentFigures> all = new ArrayList<>();
    for (TaskId task : ordered.subList(1, ordered.size())) {
      for (int step = 100; step < 1000; step += 100) {
        all.add(
            new AlignmentFigures(
                task, step, 0.3 * Math.exp(-step / 400.0), 0.25 + 0.03 * random.nextDouble()));
      }
    }
    return all;
  }
}
