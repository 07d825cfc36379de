package dev.braid.store.file;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The file systems that this process has opened: one per address and options. */
final class OpenFileSystems {
  /*
   * Hadoop's own cache has one file system per address, so a second caller would get the options
   * of the first. Hadoop closes these file systems when the process ends, as it does its own.
   */
  private record Address(String scheme, String authority, Map<String, String> options) {}

  private final Map<Address, FileSystem> opened = new HashMap<>();

  synchronized FileSystem open(URI uri, Map<String, String> options) throws IOException {
    Address address =
        new Address(
            uri.getScheme(),
            Objects.requireNonNullElse(uri.getAuthority(), ""),
            Map.copyOf(options));
    FileSystem files = opened.get(address);
    if (files == null) {
      files = FileSystem.newInstance(uri, configuration(options));
      opened.put(address, files);
    }
    return files;
  }

  private static Configuration configuration(Map<String, String> options) {
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    return configuration;
  }
}
