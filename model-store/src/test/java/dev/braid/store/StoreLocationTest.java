package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoreLocationTest {
  @Test
  void toString_ofALocationWithASecret_doesNotTellIt() {
    StoreLocation location =
        new StoreLocation("s3a://bucket/store", new TreeMap<>(Map.of("fs.s3a.secret.key", "hush")));

    assertThat(location).hasToString("s3a://bucket/store");
    assertThat(location.options()).containsValue("hush");
  }
}
