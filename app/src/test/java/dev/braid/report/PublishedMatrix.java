package dev.braid.report;

import dev.braid.model.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The published accuracies after each of MTIL's eleven tasks, without those of the base. */
final class PublishedMatrix {
  private static final String FILE = "mtil-published.csv";

  private PublishedMatrix() {}

  static Matrix of(String method) throws IOException {
    List<String> lines = lines();
    List<TaskId> tasks =
        cells(lines.get(0)).stream()
            .map(name -> new TaskId(name.toLowerCase(Locale.ROOT)))
            .toList();
    List<List<Double>> rows = new ArrayList<>();
    rows.add(Collections.nCopies(tasks.size(), Matrix.MISSING));
    lines.stream()
        .filter(line -> line.startsWith(method + ","))
        .map(line -> cells(line).stream().map(cell -> Double.parseDouble(cell) / 100).toList())
        .forEach(rows::add);
    return new Matrix(tasks, rows);
  }

  /** The cells of a row without the method's name and the row number. */
  private static List<String> cells(String line) {
    List<String> cells = Arrays.asList(line.split(",", -1));
    return cells.subList(2, cells.size());
  }

  /** The lines of the file: the header and the rows. */
  private static List<String> lines() throws IOException {
    try (InputStream in = PublishedMatrix.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
