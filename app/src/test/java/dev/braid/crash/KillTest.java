package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.crash.RememberedDisk.Stop;
import dev.braid.model.LineId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a driver and an executor with SIGKILL, at uniformly random moments of a small run.
 *
 * <p>{@code -Dbraid.kills=DIR} kills a hundred of each. DIR/kills has a line for each with the seed
 * of its moment, and the command resumes in DIR after an interruption.
 */
final class KillTest {
  private static final int MANY = 100;

  /** The run may have ended by the moment, or have no executor yet. */
  private static final int TRIES = 5;

  private static final String KILLED = "killed";

  @TempDir Path folder;

  @Test
  void run_whoseDriverOrExecutorWasKilled_endsInTheSameModel() throws Exception {
    String kept = System.getProperty("braid.kills");
    Kills kills = new Kills(kept == null ? folder : Files.createDirectories(Path.of(kept)));
    int required = kept == null ? 1 : MANY;
    for (Victim victim : Victim.values()) {
      while (kills.log(victim).stream().filter(line -> line.contains(KILLED)).count() < required) {
        assertThat(kills.log(victim)).as("tries").hasSizeLessThan(TRIES * required);
        kills.kill(victim, kills.log(victim).size() + 1);
      }
    }
  }

  private enum Victim {
    DRIVER,
    EXECUTOR
  }

  /** An undisturbed run, and killed runs that must end with the same model. */
  private static final class Kills {
    private final Path folder;
    private final Path pictures;
    private final Path before;
    private final String model;
    private final long millis;

    Kills(Path folder) throws Exception {
      this.folder = folder;
      this.pictures = folder.resolve("pictures");
      this.before = folder.resolve("before");
      if (!Files.exists(before.resolve("inbox/000002.json"))) {
        SmallestRun.draw(pictures);
        SmallestRun.createStore(folder.resolve("base"), StoreLocation.of(before.toString()));
      }
      RunProcess undisturbed = RunProcess.start(pictures, copy("undisturbed"), "local[2]");
      this.model = undisturbed.model();
      this.millis = undisturbed.millis();
    }

    /** The attempts on such victims so far, one line each. */
    List<String> log(Victim victim) throws IOException {
      Path log = folder.resolve("kills");
      return Files.exists(log)
          ? Files.readAllLines(log).stream().filter(line -> line.startsWith(victim.name())).toList()
          : List.of();
    }

    void kill(Victim victim, long seed) throws Exception {
      long moment = new Random(seed).nextLong(millis);
      Path store = copy("killed");
      boolean isKilled =
          victim == Victim.DRIVER ? killDriver(store, moment) : killExecutor(store, moment);
      String line =
          "%s seed %s %s at %s of %s ms"
              .formatted(victim, seed, isKilled ? KILLED : "had ended", moment, millis);
      assertThat(versions(store)).as(line).isEqualTo(SmallestRun.TASKS.size());
      Files.writeString(
          folder.resolve("kills"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      System.out.println(line);
    }

    private boolean killDriver(Path store, long moment) throws Exception {
      RunProcess first = RunProcess.start(pictures, store, "local[2]");
      boolean isRunning = first.waitUntil(moment);
      first.kill();
      int published = versions(store); // all of them can be read
      RunProcess second = RunProcess.start(pictures, store, "local[2]");
      assertThat(second.model()).isEqualTo(model);
      assertThat(versions(store)).isGreaterThanOrEqualTo(published);
      return isRunning;
    }

    private boolean killExecutor(Path store, long moment) throws Exception {
      RunProcess run = RunProcess.start(pictures, store, "local-cluster[1,1,1024]");
      boolean isKilled = run.waitUntil(moment) && run.killExecutor();
      assertThat(run.model()).isEqualTo(model);
      return isKilled;
    }

    private static int versions(Path store) {
      return ModelStore.open(StoreLocation.of(store.toString())).versions(LineId.MAIN).all().size();
    }

    /** A copy of the store with the waiting tasks. */
    private Path copy(String name) throws IOException {
      Path store = Files.createTempDirectory(folder, name).resolve("store");
      RememberedDisk.write(RememberedDisk.of(before).after(Stop.KILLED, 0), store);
      return store;
    }
  }
}
