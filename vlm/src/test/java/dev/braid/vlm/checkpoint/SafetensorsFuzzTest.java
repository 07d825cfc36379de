package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files: each is read or refused, quickly and in little memory. */
class SafetensorsFuzzTest {
  private static final int TRIALS = 12_000;
  private static final int LIMIT = 1 << 20;
  private static final byte[] DATA = new byte[12];
  private static final byte[] HEADER =
      ("{\"__metadata__\":{\"format\":\"pt\"},"
              + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
              + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]}}")
          .getBytes(UTF_8);
  private static final long[] LENGTHS = {
    0, 1, 2, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 32, LIMIT, 100_000_000
  };

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void open_ofMutatedHeaders_readsOrRefusesInOneSentence() throws Throwable {
    Random random = new Random(20);
    Path path = folder.resolve("mutated.safetensors");
    int read = 0;
    Set<String> reasons = new HashSet<>();
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] file = mutated(random);
      Files.deleteIfExists(path); // a new file is written sooner than one that is cut
      Files.write(path, file);
      Throwable[] answer = new Throwable[1];

      long allocated = Allocation.of(() -> answer[0] = catchThrowable(() -> readAll(path)));

      assertThat(allocated).as("bytes of trial %s", trial).isLessThan(2 << 20);
      if (answer[0] == null) {
        read++;
      } else {
        assertThat(answer[0]).isExactlyInstanceOf(IllegalArgumentException.class);
        String sentence = String.valueOf(answer[0].getMessage());
        assertThat(sentence).startsWith("Cannot read ").contains(path.toString());
        assertThat(sentence.length() - path.toString().length()).isLessThan(400);
        reasons.add(sentence.replaceAll("'[^']*'|[0-9]+", "").replaceFirst(" tensor .* of ", ""));
      }
    }
    // The mutations produce valid files and cause most of the refusals.
    assertThat(read).isBetween(TRIALS / 100, TRIALS / 2);
    assertThat(reasons).hasSizeGreaterThan(20);
  }

  private static void readAll(Path path) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(path);
    for (String name : file.names()) {
      file.spec(name);
      if (file.isFloat(name)) {
        file.read(name);
      }
    }
  }

  private static byte[] mutated(Random random) {
    byte[] header = Mutations.of(HEADER, random);
    long length = random.nextInt(10) > 0 ? header.length : LENGTHS[random.nextInt(LENGTHS.length)];
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + header.length + DATA.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(header)
            .put(DATA);
    int cut = random.nextInt(20) > 0 ? 0 : random.nextInt(file.capacity());
    return Arrays.copyOf(file.array(), file.capacity() - cut);
  }

  @ParameterizedTest
  @MethodSource("greedyHeaders")
  @Timeout(60)
  void open_ofHeaderThatAsksForMemory_takesLittle(String header) throws Throwable {
    byte[] json = header.getBytes(UTF_8);
    assertThat(json.length).isBetween(LIMIT / 2, LIMIT);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + DATA.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Path path = Files.write(folder.resolve("greedy.safetensors"), file.array());
    Throwable[] answer = new Throwable[1];

    long allocated =
        Allocation.of(() -> answer[0] = catchThrowable(() -> SafetensorsFile.open(path)));

    assertThat(answer[0]).isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(String.valueOf(answer[0].getMessage()).length()).isLessThan(600);
    assertThat(allocated).isLessThan(32 << 20);
  }

  static List<String> greedyHeaders() {
    String entry = "\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%s,%s]}";
    return List.of(
        IntStream.range(0, 15_000)
            .mapToObj(i -> entry.formatted(i, i, i + 1))
            .collect(Collectors.joining(",", "{", "}")),
        "{\"a\":{\"shape\":[" + "1,".repeat(LIMIT / 2 - 50) + "1]}}",
        "{\"a\":" + "[".repeat(LIMIT - 10),
        "{\"a\":{\"shape\":[" + "9".repeat(LIMIT - 50) + "]}}",
        "{\"" + "a".repeat(LIMIT - 50) + "\":1}",
        "{\"a\":{\"" + "b".repeat(LIMIT - 50) + "\":1}}",
        "{\"a\":{\"dtype\":\"" + "F".repeat(LIMIT - 50) + "\"}}",
        "{\"__metadata__\":{"
            + IntStream.range(0, 80_000)
                .mapToObj(i -> "\"%x\":\"\"".formatted(i))
                .collect(Collectors.joining(","))
            + "}}",
        "{" + "\"\":{},".repeat(LIMIT / 6 - 50) + "}");
  }
}
