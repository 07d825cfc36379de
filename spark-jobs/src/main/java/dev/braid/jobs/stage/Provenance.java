package dev.braid.jobs.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** How an artefact was produced, for people and receipts; never part of a digest. */
public final class Provenance {
  /** The facts that depend on the moment or the machine, not on the method. */
  public static final Set<String> PASSING = Set.of("duration", "driver-host", "spark-master");

  private final SortedMap<String, String> facts = new TreeMap<>();
  private final long started = System.nanoTime();

  private Provenance() {}

  /** Records this driver and its Spark, and starts the clock. */
  public static Provenance start(JavaSparkContext spark) {
    return startWithoutSpark()
        .with("spark-version", spark.version())
        .with("spark-master", spark.master());
  }

  /** Records this driver, and starts the clock. */
  public static Provenance startWithoutSpark() {
    return new Provenance()
        .with("code-version", codeVersion())
        .with("java-version", String.valueOf(System.getProperty("java.version")))
        .with("driver-host", host());
  }

  /** Adds a fact, such as the device of a training. */
  public Provenance with(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** All facts, and the duration since the start. */
  public SortedMap<String, String> finish() {
    SortedMap<String, String> all = new TreeMap<>(facts);
    all.put("duration", Duration.ofNanos(System.nanoTime() - started).toString());
    return all;
  }

  /** The facts that depend on neither the moment nor the machine. */
  public SortedMap<String, String> lasting() {
    SortedMap<String, String> lasting = new TreeMap<>(facts);
    lasting.keySet().removeAll(PASSING);
    return lasting;
  }

  /** The version of the assembled jar; {@code development} without one. */
  public static String codeVersion() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** The name of this host. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) { // a host may be unable to resolve its own name
      return "unknown";
    }
  }
}
