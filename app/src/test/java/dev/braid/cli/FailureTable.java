package dev.braid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/** The tried failures and their messages as a page of the documentation. */
final class FailureTable {
  private static final Path PAGE = Path.of("../docs/failures.md");
  private static final int WIDTH = 110;
  private static final String WRITE = "braid.docs.write";
  private static final String HEAD =
      """
# Bad input and failures

What Braid answers, and the exit code that a scheduler sees. Each row is a trial of `FailureTableTest`. The test
also checks that the answer is one sentence and that the store is as it was before. Where tasks are set aside
(exit code 5), the remaining tasks are processed. `mvn verify` fails when this page differs from what Braid does
(`-D%s=true` writes it).
%d trials; `…` stands for what differs from run to run.

| code | means |
|---|---|
| 1 | something broke: look at what the sentence names, then run again |
| 2 | the command line or a setting is wrong |
| 3 | the input was refused |
| 4 | another command was faster: run again |
| 5 | done, but tasks were set aside |
""";

  /** Digests, temporary names, hosts, and the accuracy figures of a weak model. */
  private static final Pattern VARIABLE_PARTS =
      Pattern.compile(
          "(?<=objects/)[0-9a-f]{2}(?=/)|\\b[0-9a-f]{64}\\b|\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b|\\b[0-9a-f]{12}\\b|(?<=Call"
              + " From )\\S+|[0-9.]+ %( \\(\\d+ of \\d+\\))?(?=,|;|$)");

  private final StringBuilder lines = new StringBuilder();
  private final List<String> temporary = new ArrayList<>();
  private int rows;

  /** Replaces this folder's name, which differs between runs, in all sentences. */
  void hide(Path folder) {
    temporary.add(folder.toString());
  }

  /** Starts a chapter of the page. */
  void chapter(String title) {
    lines.append("\n## %s\n\n| tried | code | answer |\n|---|---|---|\n".formatted(title));
  }

  /** Starts a chapter with a paragraph about its trials. */
  void chapter(String title, String text) {
    lines.append(
        "\n## %s\n\n%s\n\n| tried | code | answer |\n|---|---|---|\n"
            .formatted(title, wrapped(text)));
  }

  private static String wrapped(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      boolean fits = column == 0 || column + 1 + word.length() <= WIDTH;
      wrapped.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = column > 0 && fits ? column + 1 + word.length() : word.length();
    }
    return wrapped.toString();
  }

  /** Adds a row. */
  void add(String tried, int code, String answer) {
    String stable = answer;
    for (String folder : temporary) {
      stable = stable.replace(folder, "…");
    }
    stable = VARIABLE_PARTS.matcher(stable).replaceAll("…");
    lines.append("| %s | %d | %s |\n".formatted(cell(tried), code, cell(stable.strip())));
    rows++;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  /** Checks that the page in the repository equals this one. */
  void checkPage(SoftAssertions softly) throws IOException {
    String page = HEAD.formatted(WRITE, rows) + lines;
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page);
    }
    softly.assertThat(Files.readString(PAGE)).isEqualTo(page);
  }
}
