package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.TinyTask;
import dev.braid.demo.base.VitB16Base;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands on a full-size CLIP, from importing it to exporting an expert: takes minutes,
 * 10 GB of disk and 5 GB of memory.
 */
@Tag("long")
class VitB16Test {
  private static final long PARAMETERS = 149_620_737;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void commands_learnATaskAndExportIt_bitByBit() throws IOException {
    Path base = folder.resolve("base");
    VitB16Base.writeTo(base);
    CommandResult created = braid("init", "--base", base.toString());
    assertThat(created.json().at("/parameters").longValue())
        .as(created.error())
        .isEqualTo(PARAMETERS);
    braid("add", "--name", "colours", "--images", fewPictures().toString());

    // Two validation pictures cannot show that an expert is above chance.
    CommandResult refused = braid("run", "--master", "local[1]");
    assertThat(refused.code()).as(refused.text() + refused.error()).isEqualTo(5);
    CommandResult forced = braid("run", "--master", "local[1]", "--force", "colours");
    assertThat(forced.code()).as(forced.text() + forced.error()).isZero();
    Path exported = folder.resolve("exported");
    CommandResult commandResult = braid("export", "--task", "colours", "--to", exported.toString());
    assertThat(commandResult.code()).as(commandResult.error()).isZero();

    ModelStore store = ModelStore.open(StoreLocation.of(folder.resolve("store").toString()));
    Version head = store.versions(new LineId("main")).head().orElseThrow();
    ModelRecord model = store.records().model(head.model());
    assertThat(model.space().tensors()).hasSize(397);
    Map<TensorSpec, Digest> expert = content(store.weights().expert(model, new TaskId("colours")));
    assertThat(expert).hasSize(398);
    assertThat(content(ClipCheckpoint.open(exported).weights())).isEqualTo(expert);
    expert.entrySet().removeAll(content(store.weights().base()).entrySet());
    assertThat(expert.keySet()).containsExactlyInAnyOrderElementsOf(model.space().tensors());
  }

  @Test
  void open_readsTensorByTensor() throws IOException {
    VitB16Base.writeTo(folder);

    long before = allocated();
    ClipCheckpoint checkpoint = ClipCheckpoint.open(folder);
    checkpoint.weights().forEach(tensor -> {});

    // Read twice: for the check and for the caller.
    assertThat(allocated() - before).isLessThan(2 * (Float.BYTES * PARAMETERS + 64 * MEBIBYTE));
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  /** Two classes of six pictures to learn from, two of them for validation, and of two to test. */
  private Path fewPictures() throws IOException {
    Path all = TinyTask.COLOURS.write(folder.resolve("all"));
    Path few = folder.resolve("few");
    for (String split : List.of("train", "test")) {
      for (String kind : List.of("kind-0", "kind-1")) {
        Files.createDirectories(few.resolve(split).resolve(kind));
        try (Stream<Path> pictures = Files.list(all.resolve(split).resolve(kind)).sorted()) {
          for (Path picture : pictures.limit(split.equals("train") ? 6 : 2).toList()) {
            Files.copy(picture, few.resolve(all.relativize(picture).toString()));
          }
        }
      }
    }
    return few;
  }

  /** Every tensor's digest: two models would be 1.2 GB. */
  private static Map<TensorSpec, Digest> content(Weights weights) throws IOException {
    Map<TensorSpec, Digest> content = new HashMap<>();
    weights.forEach(tensor -> content.put(tensor.spec(), BaseRecord.Tensor.of(tensor).values()));
    return content;
  }

  private CommandResult braid(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--json", "--store", folder.resolve("store").toString()));
    for (String setting : List.of("train.steps=2", "train.warm-up=0", "train.batch=4")) {
      arguments.addAll(List.of("--conf", setting));
    }
    return CommandResult.of(arguments);
  }
}
