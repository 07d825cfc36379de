package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.ContentRules.Inspected;
import dev.braid.model.Orientation;
import dev.braid.model.record.DatasetRecord;
import java.util.List;

/**
 * What a source gives.
 *
 * @param classNames by label
 * @param copies the number of rows whose picture another row has too
 * @param turned the number of pictures whose EXIF data ask to turn them
 * @param orientation whether they are turned
 * @param leftOut names of rows that cannot be used, each with the reason
 * @param remarks clauses about what is passed over
 */
public record IngestSummary(
    DatasetRecord.Rows rows,
    List<String> classNames,
    long copies,
    long turned,
    Orientation orientation,
    List<String> leftOut,
    List<String> remarks) {
  private static final int LISTED = 20;

  public IngestSummary {
    classNames = List.copyOf(classNames);
    leftOut = List.copyOf(leftOut);
    remarks = List.copyOf(remarks);
  }

  static IngestSummary of(DatasetContent content, List<Inspected> inspected, List<String> remarks) {
    return new IngestSummary(
        content.counts(),
        content.classNames(),
        content.rows().size() - content.rows().stream().map(PictureRow::digest).distinct().count(),
        inspected.stream().filter(picture -> picture.decodable() && picture.isTurned()).count(),
        content.orientation(),
        inspected.stream()
            .filter(picture -> !picture.decodable())
            .map(picture -> picture.listed().name() + ": " + picture.failure())
            .toList(),
        remarks);
  }

  /** The counts, the copies, what is turned, what is left out, and what is passed over. */
  public String sentence() {
    return "%d train, %d validation and %d test pictures of %d classes%s%s%s%s"
        .formatted(
            rows.train(),
            rows.validation(),
            rows.test(),
            classNames.size(),
            withCopies(),
            withTurned(),
            withLeftOut(),
            withPassedOver());
  }

  private String withCopies() {
    return copies == 0 ? "" : "; %d of them are copies of others".formatted(copies);
  }

  private String withTurned() {
    if (turned == 0) {
      return "";
    }
    return orientation == Orientation.UPRIGHT
        ? "; %d are turned upright, as their EXIF data say".formatted(turned)
        : "; the EXIF data of %d say to turn them, which is ignored".formatted(turned);
  }

  private String withPassedOver() {
    return remarks.isEmpty() ? "" : "; passed over: " + String.join(" and ", remarks);
  }

  private String withLeftOut() {
    if (leftOut.isEmpty()) {
      return "";
    }
    String listed = String.join("; ", leftOut.subList(0, Math.min(LISTED, leftOut.size())));
    return leftOut.size() > LISTED
        ? "; %d left out: %s and %d more".formatted(leftOut.size(), listed, leftOut.size() - LISTED)
        : "; left out: " + listed;
  }
}
