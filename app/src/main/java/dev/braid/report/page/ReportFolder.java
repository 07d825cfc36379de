package dev.braid.report.page;

import dev.braid.model.Check;
import dev.braid.report.StreamReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a report is written into: {@code index.html}, {@code report.json} and {@code
 * report.csv}.
 */
public final class ReportFolder {
  private static final String PAGE = "index.html";

  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder at a path; writing a report creates it.
   *
   * @throws IllegalArgumentException if the path is a file
   */
  public static ReportFolder at(Path path) {
    Check.argument(
        !Files.exists(path) || Files.isDirectory(path),
        "Cannot write the report to %s: that is a file (give a folder)",
        path);
    return new ReportFolder(path);
  }

  /** Writes the three files, overwriting an earlier report, and returns the page. */
  public Path write(StreamReport report) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("report.json"), JsonReport.of(report).bytes());
    Files.writeString(folder.resolve("report.csv"), CsvReport.of(report), StandardCharsets.UTF_8);
    Path page = folder.resolve(PAGE);
    Files.writeString(page, HtmlReport.of(report), StandardCharsets.UTF_8);
    return page;
  }
}
