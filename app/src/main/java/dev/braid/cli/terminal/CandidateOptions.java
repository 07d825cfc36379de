package dev.braid.cli.terminal;

import dev.braid.inference.classify.Candidates;
import dev.braid.model.TaskId;
import dev.braid.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The classes from which a command chooses the labels of pictures. */
public final class CandidateOptions {
  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "The learned task of all pictures, if it is known: its expert answers alone.")
  @Nullable String task;

  @Option(
      names = "--classes",
      paramLabel = "NAMES",
      description =
          "Class names to choose from instead of the learned ones: a file with one name a line, or"
              + " names with commas between them.")
  @Nullable String classes;

  /** The classes of all learned tasks, unless one of the options is given. */
  public Candidates candidates() throws IOException {
    if (task != null && classes != null) {
      throw new SettingsException("Give --task or --classes, not both");
    } else if (task != null) {
      return new Candidates.OfTask(new TaskId(task));
    }
    return classes == null ? new Candidates.AllLearned() : Candidates.Names.of(names(classes));
  }

  private static List<String> names(String given) throws IOException {
    if (!given.contains(",") && !Files.isRegularFile(Path.of(given))) {
      throw new SettingsException(
          "Invalid --classes %s: there is no such file, and one class leaves nothing to choose (give"
                  .formatted(given)
              + " a file with a name a line, or names separated by commas)");
    }
    if (given.contains(",")) {
      return Stream.of(given.split(",", -1)).map(String::strip).toList();
    }
    List<String> lines = text(Path.of(given)).lines().map(String::strip).toList();
    boolean endsBlank = !lines.isEmpty() && lines.get(lines.size() - 1).isEmpty();
    return endsBlank ? lines.subList(0, lines.size() - 1) : lines;
  }

  /** The text of a file in UTF-8, with or without a byte-order mark. */
  private static String text(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new SettingsException("Invalid --classes %s: it is not UTF-8 text".formatted(file), e);
    }
  }
}
