package dev.braid.jobs.evaluate;

import static java.util.Objects.requireNonNull;

import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.PlainDiscriminant;
import dev.braid.jobs.TintedTasks;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.RoutingRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * METHODS 2.8 for the test pictures of one set, one picture at a time, with the plainest loops. It
 * shares no code with the product but the encoder.
 */
final class PlainAnswers {
  private static final int TO_BASE = -1;

  /** A set of candidates, or a label's share that one class of them has. */
  private record Share(EvaluationSet task, int classIndex, double probability) {}

  /**
   * The answer for a picture.
   *
   * @param experts those that ran, by their indices, the most probable first; empty for the base
   * @param left experts that did not run because their tasks were too improbable
   */
  record Plain(
      List<Integer> experts,
      int left,
      boolean isOfNoTask,
      int label,
      TaskId task,
      String answer,
      double probability,
      boolean isCorrect) {}

  private final TintedTasks tasks;
  private final List<Expert> experts;
  private final RoutingRule.Statistics rule;
  private final Protocol protocol;
  private final EvaluationSet tested;
  private final PlainDiscriminant discriminant;
  private final List<EvaluationSet> candidates = new ArrayList<>();
  private final Map<String, double[][]> encoded = new LinkedHashMap<>();

  PlainAnswers(
      TintedTasks tasks,
      List<Expert> experts,
      RoutingRule.Statistics rule,
      Protocol protocol,
      EvaluationSet tested)
      throws IOException {
    this.tasks = tasks;
    this.experts = experts;
    this.rule = rule;
    this.protocol = protocol;
    this.tested = tested;
    this.discriminant = tasks.discriminant(learned());
    if (protocol == Protocol.UNION_LABELS) {
      for (EvaluationSet learned : learned()) {
        candidates.add(learned.task().equals(tested.task()) ? tested : learned);
      }
    }
    if (!candidates.contains(tested)) {
      candidates.add(tested);
    }
  }

  private List<EvaluationSet> learned() {
    return experts.stream().map(Expert::evaluationSet).toList();
  }

  /** The answers for these test pictures. */
  List<Plain> answers(List<Integer> rows) throws IOException {
    List<Plain> answers = new ArrayList<>();
    int[] labels = tasks.labels(tested, Split.TEST);
    for (int row : rows) {
      answers.add(answer(row, labels[row]));
    }
    return answers;
  }

  private Plain answer(int row, int label) throws IOException {
    double[] feature = pictures(new WeightsRef.Base())[row];
    boolean isOfNoTask = discriminant.relativeDistance(feature) > rule.threshold();
    int own = indexOf(tested.task());
    List<Integer> chosen = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    int left = 0;
    if (protocol == Protocol.KNOWN_TASK && own >= 0) {
      chosen.add(own);
      weights.add(1.0);
      isOfNoTask &= calibration(own).beta() > 0; // or the statistics are not asked
    } else if (own >= 0 || !isOfNoTask) {
      left = choose(feature, chosen, weights);
    }
    Map<String, List<Share>> shares = new LinkedHashMap<>();
    if (chosen.isEmpty()) {
      add(shares, TO_BASE, 1, feature, row);
    }
    for (int i = 0; i < chosen.size(); i++) {
      add(shares, chosen.get(i), weights.get(i), feature, row);
    }
    String best = "";
    double most = -1;
    for (Map.Entry<String, List<Share>> each : shares.entrySet()) {
      double sum = each.getValue().stream().mapToDouble(Share::probability).sum();
      if (sum > most) {
        most = sum;
        best = each.getKey();
      }
    }
    Share answer =
        requireNonNull(shares.get(best), best).stream()
            .max(Comparator.comparing(Share::probability))
            .orElseThrow();
    return new Plain(
        chosen,
        left,
        isOfNoTask,
        label,
        answer.task().task(),
        names(answer.task()).get(answer.classIndex()),
        most,
        best.equals(label(tested, label)));
  }

  /** Chooses experts, and counts those that only their small probability keeps out. */
  private int choose(double[] feature, List<Integer> chosen, List<Double> weights) {
    List<TaskId> byName = TintedTasks.byName(learned());
    double[] probabilities = discriminant.tasks(feature);
    List<Integer> order = new ArrayList<>(IntStream.range(0, byName.size()).boxed().toList());
    order.sort(Comparator.comparing(t -> -probabilities[t]));
    double sum = 0;
    int left = 0;
    for (int i = 0; i < Math.min(rule.experts(), order.size()); i++) {
      double probability = probabilities[order.get(i)];
      if (i > 0 && probability < 0.01) {
        left++;
      } else {
        chosen.add(indexOf(byName.get(order.get(i))));
        weights.add(probability);
        sum += probability;
      }
    }
    for (int i = 0; i < weights.size(); i++) {
      weights.set(i, weights.get(i) / sum);
    }
    return left;
  }

  private void add(
      Map<String, List<Share>> shares, int expert, double weight, double[] feature, int row)
      throws IOException {
    EvaluationSet answered =
        candidates.stream()
            .filter(set -> expert != TO_BASE && set.task().equals(expert(expert).task()))
            .findFirst()
            .orElse(tested);
    boolean isOwn = expert != TO_BASE && names(answered).equals(names(expert(expert)));
    Calibration calibration = expert == TO_BASE ? new Calibration(0.01, 1, 0) : calibration(expert);
    double alpha = isOwn || calibration.alpha() > 0 ? calibration.alpha() : 1;
    double[] l =
        isOwn
            ? discriminant.classes(
                TintedTasks.byName(learned()).indexOf(expert(expert).task()), feature)
            : new double[0];
    WeightsRef weightsRef =
        expert == TO_BASE ? new WeightsRef.Base() : experts.get(expert).weights();
    double[] picture = pictures(weightsRef)[row];
    double[][] classes = classes(weightsRef, answered);
    double[] e = new double[classes.length];
    double all = 0;
    for (int k = 0; k < classes.length; k++) {
      double cosine = 0;
      for (int d = 0; d < picture.length; d++) {
        cosine += picture[d] * classes[k][d];
      }
      e[k] = Math.exp(cosine / calibration.temperature());
      all += e[k];
    }
    double[] q = new double[classes.length];
    double sum = 0;
    for (int k = 0; k < classes.length; k++) {
      q[k] = Math.pow(e[k] / all, alpha) * (isOwn ? Math.pow(l[k], calibration.beta()) : 1);
      sum += q[k];
    }
    for (int k = 0; k < classes.length; k++) {
      shares
          .computeIfAbsent(label(answered, k), missing -> new ArrayList<>())
          .add(new Share(answered, k, weight * q[k] / sum));
    }
  }

  /** Equal names are one label where there are several tasks. */
  private String label(EvaluationSet set, int classIndex) {
    String name = names(set).get(classIndex);
    return candidates.size() == 1
        ? "class " + classIndex
        : name.trim().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private List<String> names(EvaluationSet set) {
    return tasks.dataset(set).classNames();
  }

  private EvaluationSet expert(int index) {
    return experts.get(index).evaluationSet();
  }

  private Calibration calibration(int expert) {
    TaskId task = expert(expert).task();
    return requireNonNull(rule.tasks().get(task), task.name()).calibration();
  }

  private int indexOf(TaskId task) {
    return learned().stream().map(EvaluationSet::task).toList().indexOf(task);
  }

  private double[][] pictures(WeightsRef weights) throws IOException {
    String key = weights.key();
    if (!encoded.containsKey(key)) {
      encoded.put(key, tasks.pictures(weights, tested, Split.TEST));
    }
    return encoded.get(key);
  }

  private double[][] classes(WeightsRef weights, EvaluationSet set) throws IOException {
    String key = weights.key() + set;
    if (!encoded.containsKey(key)) {
      encoded.put(key, tasks.classes(weights, set));
    }
    return encoded.get(key);
  }

  /** The relative distances of the test pictures. */
  double[] distances() throws IOException {
    return Arrays.stream(pictures(new WeightsRef.Base()))
        .mapToDouble(discriminant::relativeDistance)
        .toArray();
  }
}
