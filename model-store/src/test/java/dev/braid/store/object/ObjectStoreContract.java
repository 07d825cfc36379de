package dev.braid.store.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every object store promises. */
abstract class ObjectStoreContract {
  /** SHA-256 of "abc", from the standard that defines it. */
  private static final Digest ABC =
      new Digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  /** A store without objects. */
  abstract ObjectStore objects();

  /** Changes one bit of what is stored. */
  abstract void flipBit(Digest digest, String extension) throws IOException;

  /** All files besides finished objects. */
  abstract List<String> leftovers() throws IOException;

  @Test
  void put_bytes_areNamedByTheirDigest() throws IOException {
    ObjectStore objects = objects();

    assertThat(objects.put("abc".getBytes(UTF_8), "txt")).isEqualTo(ABC);
    assertThat(objects.read(ABC, "txt")).isEqualTo("abc".getBytes(UTF_8));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void put_stream_storesAllOfIt() throws IOException {
    byte[] content = new byte[300_000];
    content[299_999] = 7;

    Digest digest = objects().put(new ByteArrayInputStream(content), "bin");

    assertThat(digest).isEqualTo(Digest.of(content));
    assertThat(objects().read(digest, "bin")).isEqualTo(content);
  }

  @Test
  void put_sameContentTwice_isOneObject() throws IOException {
    ObjectStore objects = objects();

    assertThat(objects.put(new byte[9], "bin")).isEqualTo(objects.put(new byte[9], "bin"));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void put_sameContentFromManyThreads_isOneObject() throws Exception {
    ObjectStore objects = objects();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Digest> put = () -> objects.put("abc".getBytes(UTF_8), "txt");
      for (Future<Digest> done : threads.invokeAll(Stream.generate(() -> put).limit(64).toList())) {
        assertThat(done.get()).isEqualTo(ABC);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(objects.read(ABC, "txt")).isEqualTo("abc".getBytes(UTF_8));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void contains_tellsWhatIsThere() {
    ObjectStore objects = objects();

    assertThat(objects.contains(ABC, "txt")).isFalse();
    objects.put("abc".getBytes(UTF_8), "txt");
    assertThat(objects.contains(ABC, "txt")).isTrue();
    assertThat(objects.contains(ABC, "json")).isFalse();
  }

  @Test
  void writer_closedUnfinished_leavesNothing() throws IOException {
    ObjectStore objects = objects();

    try (ObjectWriter writer = objects.writer("txt")) {
      writer.write("abc".getBytes(UTF_8), 0, 3);
      assertThat(writer.length()).isEqualTo(3);
    }

    assertThat(objects.contains(ABC, "txt")).isFalse();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void writer_notYetFinished_showsNothing() {
    ObjectStore objects = objects();

    try (ObjectWriter writer = objects.writer("txt")) {
      writer.write("abc".getBytes(UTF_8), 0, 3);
      assertThat(objects.contains(ABC, "txt")).isFalse();
      writer.finish();
      assertThat(objects.contains(ABC, "txt")).isTrue();
    }
  }

  @Test
  void open_missingObject_isCorrupt() {
    assertThatThrownBy(() -> objects().open(ABC, "txt"))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(ABC.hex())
        .hasMessageContaining("the object is missing");
  }

  @Test
  void open_flippedBit_isCorrupt() throws IOException {
    objects().put("abc".getBytes(UTF_8), "txt");
    flipBit(ABC, "txt");

    assertThatThrownBy(() -> objects().open(ABC, "txt"))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(ABC.hex() + ".txt")
        .hasMessageContaining("its bytes have the digest");
  }

  @Test
  void stream_toItsEnd_isTheContent() throws IOException {
    objects().put("abc".getBytes(UTF_8), "txt");

    try (ObjectStream stream = objects().stream(ABC, "txt")) {
      assertThat(stream.readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
      assertThat(stream.position()).isEqualTo(3);
    }
  }

  @Test
  void stream_ofMissingObject_isCorrupt() {
    assertThatThrownBy(() -> objects().stream(ABC, "txt"))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("the object is missing");
  }

  @Test
  void stream_ofFlippedBit_isCorruptBeforeItTellsItsEnd() throws IOException {
    objects().put("abc".getBytes(UTF_8), "txt");
    flipBit(ABC, "txt");

    assertThatThrownBy(
            () -> {
              try (ObjectStream stream = objects().stream(ABC, "txt")) {
                assertThat(stream.readAllBytes()).isNull();
              }
            })
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(ABC.hex() + ".txt")
        .hasMessageContaining("its bytes have the digest");
  }

  @Test
  void put_overCorruptObject_repairsIt() throws IOException {
    objects().put("abc".getBytes(UTF_8), "txt");
    flipBit(ABC, "txt");

    objects().put("abc".getBytes(UTF_8), "txt");

    assertThat(objects().read(ABC, "txt")).isEqualTo("abc".getBytes(UTF_8));
  }

  @Test
  void put_overCorruptObject_neverTakesItAway() throws Exception {
    ObjectStore objects = objects();
    objects.put("abc".getBytes(UTF_8), "txt");
    AtomicBoolean isRepairing = new AtomicBoolean(true);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> missed = thread.submit(() -> timesMissing(objects, isRepairing));
      for (int repair = 0; repair < 50; repair++) {
        flipBit(ABC, "txt");
        objects.put("abc".getBytes(UTF_8), "txt");
      }
      isRepairing.set(false);
      assertThat(missed.get()).isZero();
    } finally {
      thread.shutdown();
    }
  }

  private static int timesMissing(ObjectStore objects, AtomicBoolean isRepairing) {
    int missed = 0;
    while (isRepairing.get()) {
      missed += objects.contains(ABC, "txt") ? 0 : 1;
    }
    return missed;
  }
}
