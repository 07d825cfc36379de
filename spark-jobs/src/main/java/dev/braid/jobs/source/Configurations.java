package dev.braid.jobs.source;

import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * One Hadoop configuration per JVM and set of options: creating one parses Hadoop's defaults, which
 * costs more than reading a picture.
 */
public final class Configurations {
  private static final ConcurrentHashMap<SortedMap<String, String>, Configuration> CREATED =
      new ConcurrentHashMap<>();

  private Configurations() {}

  /** The configuration with these options; not to be changed. */
  public static Configuration of(SortedMap<String, String> options) {
    return CREATED.computeIfAbsent(
        options,
        set -> {
          Configuration configuration = new Configuration();
          set.forEach(configuration::set);
          return configuration;
        });
  }
}
