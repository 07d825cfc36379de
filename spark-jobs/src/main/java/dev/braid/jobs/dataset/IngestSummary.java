package dev.braid.jobs.dataset;

import dev.braid.model.record.DatasetRecord;
import java.util.List;

/**
 * What a source gives.
 *
 * @param classNames by label
 * @param leftOut names of rows that cannot be used, each with the reason
 * @param remarks clauses about what the source holds besides
 */
public record IngestSummary(
    DatasetRecord.Rows rows, List<String> classNames, List<String> leftOut, List<String> remarks) {
  private static final int LISTED = 20;

  public IngestSummary {
    classNames = List.copyOf(classNames);
    leftOut = List.copyOf(leftOut);
    remarks = List.copyOf(remarks);
  }

  /** The counts, what is left out, and what is passed over. */
  public String sentence() {
    return "%d train, %d validation and %d test pictures of %d classes%s%s"
        .formatted(
            rows.train(),
            rows.validation(),
            rows.test(),
            classNames.size(),
            withoutLeftOut(),
            passedOver());
  }

  private String passedOver() {
    return remarks.isEmpty() ? "" : "; passed over: " + String.join(" and ", remarks);
  }

  private String withoutLeftOut() {
    if (leftOut.isEmpty()) {
      return "";
    }
    String listed = String.join("; ", leftOut.subList(0, Math.min(LISTED, leftOut.size())));
    return leftOut.size() > LISTED
        ? "; %d left out: %s and %d more".formatted(leftOut.size(), listed, leftOut.size() - LISTED)
        : "; left out: " + listed;
  }
}
