package dev.braid.store.commit;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.TinyBase;
import dev.braid.store.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Commits versions to one line as fast as it can, against others; as a thread or a process. */
final class Racer {
  private static final LineId LINE = LineId.MAIN;

  private final Versions versions;
  private final Digest model;
  private final String name;

  Racer(StoreLocation location, String name) {
    ModelStore store = ModelStore.open(location);
    this.versions = store.versions(LINE);
    this.model = TinyBase.storeModel(store);
    this.name = name;
  }

  /** What the version says that a racer committed as its i-th. */
  static String action(String racer, int i) {
    return racer + " commits " + i;
  }

  /** Commits so many versions; returns how often another racer was faster. */
  int race(int commits) {
    int lost = 0;
    for (int i = 0; i < commits; i++) {
      while (!commits(action(name, i))) {
        lost++;
      }
    }
    return lost;
  }

  private boolean commits(String action) {
    int head = versions.head().map(Version::number).orElse(0);
    try {
      versions.commit(
          new Version(
              LINE,
              head + 1,
              head == 0 ? OptionalInt.empty() : OptionalInt.of(head),
              Instant.EPOCH,
              action,
              model,
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty()));
      return true;
    } catch (CommitConflictException lost) {
      return false;
    }
  }

  /** Starts a process that says "ready", waits for a byte, races, and says how often it lost. */
  static Process start(StoreLocation location, String name, int commits) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Racer.class.getName(),
                location.root(),
                name,
                Integer.toString(commits)));
    location.options().forEach((key, value) -> command.add(key + "=" + value));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) throws IOException {
    TreeMap<String, String> options = new TreeMap<>();
    for (int i = 3; i < arguments.length; i++) {
      String[] option = arguments[i].split("=", 2);
      options.put(option[0], option[1]);
    }
    Racer racer = new Racer(new StoreLocation(arguments[0], options), arguments[1]);
    System.out.println("ready");
    if (System.in.read() < 0) {
      throw new IOException("whoever started this racer is gone");
    }
    System.out.println(racer.race(Integer.parseInt(arguments[2])));
  }
}
