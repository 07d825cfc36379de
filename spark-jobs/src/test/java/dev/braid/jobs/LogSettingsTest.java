package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSettingsTest {
  private static final List<String> FAILED_TASK_LOGGERS =
      List.of("org.apache.spark.executor.Executor", "org.apache.spark.scheduler.TaskSetManager");
  private static final String FILES = "log4j2.configurationFile";
  private static final String CONSOLE = "log4j2.properties";

  @Test
  void console_ofACommand_omitsFailedTasks() {
    for (String logger : FAILED_TASK_LOGGERS) {
      assertThat(console(Map.of(FILES, CONSOLE, "braid.log.tasks", "off"), logger))
          .isEqualTo(Level.OFF);
    }
  }

  @Test
  void console_ofAnExecutor_showsFailedTasks() {
    for (String logger : FAILED_TASK_LOGGERS) {
      assertThat(console(Map.of(FILES, CONSOLE), logger)).isEqualTo(Level.WARN);
    }
  }

  @Test
  void file_hasTheTracesThatTheConsoleOmits(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("braid.log");
    Map<String, String> properties =
        Map.of(
            FILES,
            CONSOLE + ",log4j2-file.properties",
            "braid.log.tasks",
            "off",
            "braid.log.file",
            file.toString());

    with(
        properties,
        context -> {
          Stream.concat(FAILED_TASK_LOGGERS.stream(), Stream.of("dev.braid.failures"))
              .forEach(
                  logger -> context.getLogger(logger).error("it failed", new IOException(logger)));
          context.getLogger("dev.braid.store").info("it went well");
          assertThat(consoleOf(context, FAILED_TASK_LOGGERS.get(0))).isEqualTo(Level.OFF);
        });

    assertThat(Files.readString(file))
        .contains("java.io.IOException: " + FAILED_TASK_LOGGERS.get(0), "LogSettingsTest.java")
        .contains("java.io.IOException: " + FAILED_TASK_LOGGERS.get(1))
        .contains("java.io.IOException: dev.braid.failures")
        .contains("it went well");
  }

  private interface Use {
    void of(LoggerContext context);
  }

  private static Level console(Map<String, String> properties, String logger) {
    Level[] level = {Level.ALL};
    with(properties, context -> level[0] = consoleOf(context, logger));
    return level[0];
  }

  /** The level of the console for a logger with its own appenders. */
  private static Level consoleOf(LoggerContext context, String logger) {
    var config = context.getConfiguration().getLoggerConfig(logger);
    assertThat(config.getName()).isEqualTo(logger);
    assertThat(config.isAdditive()).isFalse();
    return config.getAppenderRefs().stream()
        .filter(reference -> reference.getRef().equals("stderr"))
        .map(AppenderRef::getLevel)
        .findFirst()
        .orElseThrow();
  }

  /** Uses the logging of a process with these properties. */
  private static void with(Map<String, String> properties, Use use) {
    properties.forEach(System::setProperty);
    LoggerContext context = new LoggerContext("test");
    try {
      context.start();
      use.of(context);
    } finally {
      context.stop();
      properties.keySet().forEach(System::clearProperty);
    }
  }
}
