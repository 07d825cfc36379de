package dev.braid.jobs.source;

import java.util.Locale;
import java.util.Set;

/** What systems and programs leave in folders of pictures: neither a class nor a picture. */
public final class SystemEntries {
  /** In lower case: some systems write them in either case. */
  private static final Set<String> NAMES =
      Set.of(
          "__macosx", // of a macOS zip, with a double of each file
          "thumbs.db", // Windows
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "@eadir", // thumbnails of a Synology NAS
          "lost+found", // at the top of a Linux disk
          "_success"); // Hadoop

  private SystemEntries() {}

  /** Whether an entry of this name is left alone; so is each hidden one, such as .DS_Store. */
  public static boolean include(String name) {
    return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
