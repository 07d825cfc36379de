package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.line.InboxState;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import examples.NightlyRun;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in docs/examples does what the README says of it. */
class NightlyRunTest {
  private static final String MASTER = "spark.master";

  @TempDir Path folder;

  @BeforeEach
  void chooseAnEmbeddedMaster() {
    System.setProperty(MASTER, "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterEach
  void forgetTheMaster() {
    System.clearProperty(MASTER);
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void main_withATaskFile_decidesAboutTheTaskInTheProgramsOwnSession() throws Exception {
    String store = folder.resolve("store").toString();
    Settings settings = SettingsLoader.load("store.root=" + store);
    MicroBase.writeTo(folder.resolve("base"));
    Path pictures = TinyTask.COLOURS.writeFew(folder.resolve("pictures"));
    String[] arguments = {
      folder.resolve("base").toString(),
      "colours",
      pictures.toString(),
      "store.root=" + store,
      "train.steps=3",
      "train.warm-up=1",
      "train.batch=4"
    };

    NightlyRun.main(arguments);
    NightlyRun.main(arguments);

    try (Braid braid = Braid.open(settings)) {
      InboxState status = braid.status();
      assertThat(status.waiting()).isEmpty();
      assertThat(status.head()).isPresent();
    }
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }
}
