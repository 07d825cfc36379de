package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparkContextsTest {
  private static final String NAME = "spark.app.name";

  @AfterEach
  void forgetTheName() {
    System.clearProperty(NAME);
  }

  @Test
  void open_whereNobodyNamedTheApplication_namesItByTheLine() {
    assertThat(name("spark.master=local[1]")).isEqualTo("braid, line pets");
    System.setProperty(NAME, "dev.braid.cli.Main"); // as spark-submit does without --name
    assertThat(name("spark.master=local[1]")).isEqualTo("braid, line pets");
  }

  @Test
  void open_ofANamedApplication_keepsTheName() {
    System.setProperty(NAME, "pets of the night");
    assertThat(name("spark.master=local[1]")).isEqualTo("pets of the night");
    System.clearProperty(NAME);
    assertThat(name("spark.options.\"spark.app.name\"=mine")).isEqualTo("mine");
  }

  private static String name(String setting) {
    Settings settings = SettingsLoader.load("line.name=pets", "spark.master=local[1]", setting);
    try (JavaSparkContext context = SparkContexts.open(settings)) {
      assertThat(context.getConf().get("spark.ui.enabled")).isEqualTo("false");
      return context.appName();
    }
  }
}
