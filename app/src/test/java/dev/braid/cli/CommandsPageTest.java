package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/commands.md is what {@code --help} prints. {@code -Dbraid.docs.write=true} writes it. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("../docs/commands.md");
  private static final int WIDTH = 100;
  private static final String HEAD =
      """
      # Commands

      What `braid help COMMAND` prints, for every command. A test writes and compares this page.
      """;

  @Test
  void page_ofAllCommands_isWhatHelpPrints() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    addCommands(page, "braid", Main.commandLine());
    if (Boolean.getBoolean("braid.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).hasContent(page.toString());
  }

  private static void addCommands(StringBuilder page, String name, CommandLine command) {
    command.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
    page.append("\n## ").append(name).append("\n\n```text\n");
    command.getUsageMessage(Ansi.OFF).lines().forEach(line -> addLine(page, line));
    page.append("```\n");
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      if (!below.getKey().equals("help")) {
        addCommands(page, name + " " + below.getKey(), below.getValue());
      }
    }
  }

  private static void addLine(StringBuilder page, String line) {
    page.append(line.stripTrailing()).append('\n');
  }
}
