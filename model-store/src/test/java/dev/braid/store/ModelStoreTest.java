package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.json.Seal;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelStoreTest {
  @TempDir Path folder;

  private StoreLocation location() {
    return TinyBase.location(folder);
  }

  private ModelStore create() throws IOException {
    return TinyBase.createStore(folder);
  }

  @Test
  void open_createdStore_hasTheBase() throws IOException {
    ModelStore created = create();
    ModelStore store = ModelStore.open(location());

    assertThat(store.info()).isEqualTo(created.info());
    assertThat(store.info().settings()).containsEntry("train", "full");
    assertThat(store.baseFile("config.json")).isEqualTo("{}".getBytes(UTF_8));
    List<NamedTensor> read = new ArrayList<>();
    store.weights().base().forEach(read::add);
    assertThat(read)
        .extracting(NamedTensor::spec)
        .containsExactly(TinyBase.A, TinyBase.SCALE, TinyBase.Z);
    assertThat(read.get(0).values()).containsOnly(0.25f);
    assertThat(read.get(1).values()).containsExactly(4.6f);
    assertThat(read.get(2).values()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void create_sameBaseElsewhere_hasTheSameDigest() throws IOException {
    ModelStore elsewhere = TinyBase.createStore(folder.resolve("elsewhere"));

    assertThat(elsewhere.baseDigest()).isEqualTo(create().baseDigest());
  }

  @Test
  void create_withKeptFiles_givesThemBackWithoutAChangeOfTheBase() throws IOException {
    byte[] licence = "Anyone may use this.".getBytes(UTF_8);
    ModelStore store =
        ModelStore.create(
            TinyBase.location(folder.resolve("keeping")),
            create().weights().base(),
            Map.of("config.json", "{}".getBytes(UTF_8)),
            Map.of("LICENSE", licence, "NOTICE of 2021.txt", licence),
            ModelStore.open(location()).info().cut(),
            Map.of("train", "full"));

    assertThat(store.baseDigest()).isEqualTo(ModelStore.open(location()).baseDigest());
    ModelStore opened = ModelStore.open(store.location());
    assertThat(opened.keptFiles())
        .containsOnlyKeys("LICENSE", "NOTICE of 2021.txt")
        .containsEntry("LICENSE", licence);
    assertThat(References.of(opened.info()))
        .contains(new ObjectRef(ObjectKind.BASE_FILE, Digest.of(licence)));
  }

  @Test
  void create_overStore_isRefused() throws IOException {
    create();

    assertThatThrownBy(this::create)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot create the store file:%s/store: it exists".formatted(folder));
  }

  @Test
  void create_whereNothingCanBeWritten_saysSoInOneSentence() throws IOException {
    Files.writeString(folder.resolve("store"), "a file in the way");

    assertThatThrownBy(this::create)
        .isInstanceOf(StoreAccessException.class)
        .hasMessageMatching("Cannot [^\n]*/store/[^\n]*");
  }

  @Test
  void open_nothing_isRefused() {
    assertThatThrownBy(() -> ModelStore.open(location()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is none (create one with 'braid init')");
  }

  @Test
  void open_newerFormat_isRefused() throws IOException {
    create();
    Path info = folder.resolve("store/store.json");
    String newer = Files.readString(info).replace("\"format\":3", "\"format\":4");
    Files.write(info, Seal.set(newer.replaceFirst(",\"sha-256.*", "}").getBytes(UTF_8)));

    assertThatThrownBy(() -> ModelStore.open(location()))
        .isInstanceOf(StoreFormatException.class)
        .hasMessageContaining("it has format 4, this program reads 1 to 3");
  }

  @Test
  void open_ofAFileWithoutSeal_readsIt() throws IOException {
    ModelStore store = create();
    Path info = folder.resolve("store/store.json");
    Files.writeString(info, Files.readString(info).replaceFirst(",\"sha-256.*", "}"));

    assertThat(ModelStore.open(location()).info()).isEqualTo(store.info());
  }

  @Test
  void open_anyFlippedBit_isRefused() throws IOException {
    create();
    Path info = folder.resolve("store/store.json");
    byte[] json = Files.readAllBytes(info);
    for (int i = 0; i < json.length; i++) {
      byte[] flipped = json.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(info, flipped);

      assertThatThrownBy(() -> ModelStore.open(location()))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageContaining("store/store.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gopher://host/store | Cannot use the store gopher://host/store: commits are not safe"
            + " on a file system gopher: (use a path on file:, hdfs: or s3a:)",
        "hdfs://no-such-host.invalid/store | Cannot open hdfs://no-such-host.invalid/store:"
            + " no-such-host.invalid",
        "s3a://bucket/store | Cannot open s3a://bucket/store: Class"
            + " org.apache.hadoop.fs.s3a.S3AFileSystem not found (put its jar on the class path)"
      })
  void open_whereNoStoreCanBe_isRefusedInOneSentence(String root, String sentence) {
    assertThatThrownBy(() -> ModelStore.open(StoreLocation.of(root))).hasMessage(sentence);
  }

  @Test
  void location_openedByRelativePath_isFull() throws IOException {
    ModelStore created = create();
    Path relative = Path.of("").toAbsolutePath().relativize(folder.resolve("store"));

    ModelStore opened = ModelStore.open(StoreLocation.of(relative.toString()));

    assertThat(opened.location()).isEqualTo(created.location());
    assertThat(opened.location().root()).isEqualTo("file:" + folder.resolve("store"));
  }
}
