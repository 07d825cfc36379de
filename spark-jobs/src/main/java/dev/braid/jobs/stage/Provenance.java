package dev.braid.jobs.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** How something was made, for people and a receipt; never part of a digest. */
public final class Provenance {
  /** The facts about the moment or the machine that something was made at, not about how. */
  public static final Set<String> PASSING = Set.of("duration", "driver-host", "spark-master");

  private final SortedMap<String, String> facts = new TreeMap<>();
  private final long started = System.nanoTime();

  private Provenance() {}

  /** What this driver and its Spark are; the clock starts. */
  public static Provenance start(JavaSparkContext spark) {
    return startWithoutSpark()
        .with("spark-version", spark.version())
        .with("spark-master", spark.master());
  }

  /** What this driver is; the clock starts. */
  public static Provenance startWithoutSpark() {
    return new Provenance()
        .with("code-version", codeVersion())
        .with("java-version", String.valueOf(System.getProperty("java.version")))
        .with("driver-host", host());
  }

  /** One more fact, such as the device of a training. */
  public Provenance with(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** All facts, and how long it took since the start. */
  public SortedMap<String, String> finish() {
    SortedMap<String, String> all = new TreeMap<>(facts);
    all.put("duration", Duration.ofNanos(System.nanoTime() - started).toString());
    return all;
  }

  /** What does not pass: no moment, no machine. */
  public SortedMap<String, String> lasting() {
    SortedMap<String, String> lasting = new TreeMap<>(facts);
    lasting.keySet().removeAll(PASSING);
    return lasting;
  }

  /** That of the assembled jar. */
  private static String codeVersion() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) { // a host need not be able to look itself up
      return "unknown";
    }
  }
}
