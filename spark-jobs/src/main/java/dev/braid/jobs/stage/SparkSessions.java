package dev.braid.jobs.stage;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Opens Spark sessions with the settings that Braid's jobs rely on.
 *
 * <p>Settings of the caller or of spark-submit override every default here. Equal bits on every
 * master require one torch thread in every JVM (DESIGN 4), so those settings go to the executors'
 * command lines and, for embedded masters, to this JVM.
 */
public final class SparkSessions {
  /** DJL reads these when its engine starts, which is after the session starts. */
  private static final SortedMap<String, String> TORCH =
      new TreeMap<>(
          Map.of(
              "ai.djl.offline", "true",
              "OPT_OUT_TRACKING", "true",
              "ai.djl.pytorch.num_threads", "1",
              "ai.djl.pytorch.num_interop_threads", "1",
              "java.awt.headless", "true"));

  private static final String DJL_CACHE = "DJL_CACHE_DIR";
  private static final String EXECUTOR_MESSAGES = "spark.executorEnv.LC_MESSAGES";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private SparkSessions() {}

  /**
   * Opens the session of an embedded master ({@code local[2]}, {@code local-cluster[2,1,1024]}) or
   * of a remote one. The caller closes it.
   */
  public static SparkSession open(String master, Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    conf.setMaster(master);
    settings.forEach(conf::set);
    return open(conf);
  }

  /** Opens the session of the master that spark-submit chose. The caller closes it. */
  public static SparkSession submitted(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::set);
    return open(conf);
  }

  private static SparkSession open(SparkConf conf) {
    TORCH.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    defaults(conf.get("spark.master", "")).forEach(conf::setIfMissing);
    if (!conf.contains(EXECUTOR_MESSAGES)) { // set where a host has no C.UTF-8
      // The system's errors are then worded in English; file names stay UTF-8.
      conf.setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8");
    }
    conf.set(EXECUTOR_OPTIONS, (torchOptions() + " " + conf.get(EXECUTOR_OPTIONS, "")).strip());
    return SparkSession.builder().config(conf).getOrCreate();
  }

  static Map<String, String> defaults(String master) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.app.name", "braid");
    defaults.put("spark.ui.showConsoleProgress", "false");
    // Independent trainings of one night share the executors (DESIGN 6).
    defaults.put("spark.scheduler.mode", "FAIR");
    defaults.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    if (master.startsWith("local")) {
      // A command on this machine opens no port unless it is asked to; on a cluster Spark decides.
      defaults.put("spark.ui.enabled", "false");
      defaults.put("spark.driver.host", "127.0.0.1");
      defaults.put("spark.driver.bindAddress", "127.0.0.1");
    }
    if (master.startsWith("local-cluster")) {
      // Its executors are processes on this host, which find only the jars listed here.
      defaults.put("spark.executor.extraClassPath", absoluteClassPath());
    }
    return defaults;
  }

  private static String torchOptions() {
    String cache =
        Stream.of(System.getenv(DJL_CACHE), System.getProperty(DJL_CACHE))
            .filter(Objects::nonNull)
            .findFirst()
            .map(directory -> " -D" + DJL_CACHE + "=" + directory)
            .orElse("");
    // The executors get this JVM's values: they must be the driver's (PromisedThreads).
    return TORCH.entrySet().stream()
            .map(
                option ->
                    "-D%s=%s"
                        .formatted(
                            option.getKey(),
                            System.getProperty(option.getKey(), option.getValue())))
            .collect(Collectors.joining(" "))
        + cache;
  }

  private static String absoluteClassPath() {
    List<String> entries =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    return entries.stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
