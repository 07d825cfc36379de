package dev.braid.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks a demo's report.json against the figures that the demo promises, for continuous
 * integration.
 *
 * <p>The quick demo trains for fewer steps and retains less, so its bounds are wider.
 */
public final class ReportCheck {
  private static final int TASKS = 6;

  /** The chance level of the domain with the fewest classes, the highest of all. */
  private static final double CHANCE = 1.0 / 8;

  /** How much a merge may exceed the single experts, by chance alone. */
  private static final double CHANCE_GAIN = 0.01;

  /** The least share of the accuracy with known tasks that is left if nobody names the task. */
  private static final double LEAST_OF_KNOWN = 0.98;

  private static final double LEAST_ROUTED = 0.98;
  private static final double MOST_CALIBRATION_ERROR = 0.05;

  /** The figures that a demo of one size promises. */
  enum Promise {
    FULL(0.80, 0.98, 0.97, 0.15),
    QUICK(0.80, 0.98, 0.94, 0.10);

    private final double leastIndividual;
    private final double mostIndividual;
    private final double leastKept;
    private final double leastForgotten;

    Promise(
        double leastIndividual, double mostIndividual, double leastKept, double leastForgotten) {
      this.leastIndividual = leastIndividual;
      this.mostIndividual = mostIndividual;
      this.leastKept = leastKept;
      this.leastForgotten = leastForgotten;
    }
  }

  private final JsonNode report;
  private final List<String> violations = new ArrayList<>();

  private ReportCheck(JsonNode report) {
    this.report = report;
  }

  /** Checks the report in a file; the arguments are the demo's size and the file. */
  public static void main(String[] arguments) throws IOException {
    Promise promise = Promise.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    List<String> violations = check(Files.readString(Path.of(arguments[1])), promise);
    violations.forEach(sentence -> System.err.println("report: " + sentence));
    System.exit(violations.isEmpty() ? 0 : 1);
  }

  /** The promises that the report breaks, one sentence each. */
  static List<String> check(String json, Promise promise) throws IOException {
    ReportCheck check = new ReportCheck(new ObjectMapper().readTree(json));
    check.checkShape();
    if (check.violations.isEmpty()) {
      check.checkFigures(promise);
    }
    return check.violations;
  }

  private void checkShape() {
    require(report.at("/protocol").asText().equals("known-task"), "its protocol is not known-task");
    require(report.at("/tasks").size() == TASKS, "it does not have six tasks");
    List<String> individual = new ArrayList<>();
    report.at("/individual").fieldNames().forEachRemaining(individual::add);
    List<String> tasks = new ArrayList<>();
    report.at("/tasks").forEach(task -> tasks.add(task.asText()));
    require(
        individual.stream().sorted().toList().equals(tasks.stream().sorted().toList()),
        "its individual figures are of %s, but its tasks are %s".formatted(individual, tasks));
    checkMatrix("/matrix");
    checkMatrix("/own_labels/matrix");
    checkMatrix("/union_labels/matrix");
  }

  private void checkMatrix(String place) {
    JsonNode rows = report.at(place);
    require(rows.size() == TASKS + 1, place + " does not have seven rows");
    for (JsonNode row : rows) {
      require(row.size() == TASKS, place + " has a row of length " + row.size());
      for (JsonNode share : row) {
        require(
            share.isNumber() && share.doubleValue() >= 0 && share.doubleValue() <= 1,
            place + " holds " + share);
      }
    }
  }

  private void checkFigures(Promise promise) {
    double individual = 0;
    for (JsonNode share : report.at("/individual")) {
      individual += share.doubleValue() / TASKS;
    }
    double last = number("/last");
    between("the mean individual", individual, promise.leastIndividual, promise.mostIndividual);
    between("zero_shot", number("/zero_shot"), 1.5 * CHANCE, 0.75 * individual);
    between("last", last, promise.leastKept * individual, individual + CHANCE_GAIN);
    between("own_labels.last", number("/own_labels/last"), LEAST_OF_KNOWN * last, 1);
    between("union_labels.last", number("/union_labels/last"), LEAST_OF_KNOWN * last, 1);
    between("routed", number("/routed"), LEAST_ROUTED, 1);
    between("calibration_error", number("/calibration_error"), 0, MOST_CALIBRATION_ERROR);
    between("control_last", number("/control_last"), 0, last - promise.leastForgotten);
    between("transfer", number("/transfer"), 0, 1);
    between("average", number("/average"), 0, 1);
    between("own_labels.average", number("/own_labels/average"), 0, 1);
  }

  private double number(String place) {
    return report.at(place).asDouble(Double.NaN);
  }

  private void between(String name, double share, double least, double most) {
    require(
        share >= least && share <= most,
        String.format(
            Locale.ROOT,
            "%s is %.3f, which is not between %.3f and %.3f",
            name,
            share,
            least,
            most));
  }

  private void require(boolean holds, String sentence) {
    if (!holds) {
      violations.add(sentence);
    }
  }
}
