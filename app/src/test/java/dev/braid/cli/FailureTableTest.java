package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.FailingDisk.Fault;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.demo.base.TinyTask;
import dev.braid.model.Blob;
import dev.braid.model.record.StoreInfo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.json.Seal;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Provokes failures and checks that docs/failures.md lists the messages. */
class FailureTableTest extends CommandFixture {
  private static final String STORE = "store";

  private static final Pattern HINT =
      Pattern.compile("^(Try '|Did you mean: |Possible solutions: |\\(The same command with )");

  private final SoftAssertions softly = new SoftAssertions();
  private final FailureTable table = new FailureTable();

  @Test
  void everyFailure_isAnsweredAsThePageSays() throws Exception {
    table.hide(folder);
    table.hide(shared);
    tryCommandLines();
    tryBases();
    tryTasks();
    tryDataSets();
    tryReach();
    tryHistory();
    tryDamage();
    tryDisks();
    table.checkPage(softly);
    softly.assertAll();
  }

  private void tryCommandLines() throws IOException {
    table.chapter("Command line and settings");
    CommandResult unknown = CommandResult.of(List.of("lern"));
    table.add("a command that is not there", unknown.code(), sentence(unknown));
    fails("an option that is not there", 2, "status", "--stroe", "x");
    fails("two commands' options mixed up", 2, "run", "--base", "x");
    fails("a setting that is not there", 2, "status", "--conf", "gate.max-drip=1");
    fails("a setting of another type", 2, "status", "--conf", "train.steps=many");
    fails("a setting out of its range", 2, "status", "--conf", "train.batch=0");
    fails("settings that contradict each other", 2, "status", "--conf", "train.warm-up=50");
    fails(
        "shards that rows do not fill",
        2,
        "init",
        "--conf",
        "store.shard-length=100000",
        "--base",
        "x");
    fails("a setting without a value", 2, "status", "--conf", "train.steps");
    fails("a file of settings that is not there", 2, "status", "--config", "/no/such.conf");
    Path broken = Files.writeString(folder.resolve("broken.conf"), "braid { train {");
    fails("a file of settings cut short", 2, "status", "--config", broken.toString());
    fails("a line's name that is a path", 2, "status", "--line", "../main");
    fails("an allowed root without a name", 2, "status", "--conf", "ingest.allowed-roots=[\"\"]");
    fails("a protocol that is not there", 2, "evaluate", "--protocol", "oracle");
    fails("a report without a place", 2, "report");
    fails("a report in the place of a file", 3, "report", "--out", broken.toString());
    fails("a stream that no settings file describes", 2, "bench", "stream");
    fails("a stream of one task", 2, "bench", "stream", stream("tasks = [task.conf]"));
    fails(
        "an order that names a task outside the stream",
        2,
        "bench",
        "stream",
        stream("tasks = [task.conf], orders { there = [task, tusk] }"));
    fails(
        "a strategy that is not there",
        2,
        "bench",
        "stream",
        stream("tasks = [task.conf], strategies = [magic]"));
    fails("a store where there is none", 3, "status", "--store", other());
    fails("a store of an unknown file system", 3, "status", "--store", "nfs4://host/store");
    fails(
        "a store on an HDFS that does not answer",
        1,
        "status",
        "--store",
        "hdfs://localhost:1/store",
        "--conf",
        "store.options.\"ipc.client.connect.max.retries\"=0");
    fails(
        "a store on S3 without Hadoop's jar for it", 1, "status", "--store", "s3a://bucket/store");
  }

  private String stream(String text) throws IOException {
    Files.writeString(folder.resolve("task.conf"), "name = task, images = pictures");
    Path file = folder.resolve("stream.conf");
    return Files.writeString(file, "braid.stream { %s }".formatted(text)).toString();
  }

  private void tryBases() throws IOException {
    table.chapter("A base that cannot be one (`init`)");
    BrokenBase base = new BrokenBase(shared.resolve("base"), shared.resolve("broken-base"));
    init();
    fails("a store that exists", 3, "init", "--base", images("base"));
    initFails("a folder that is not there", "/no/such");
    initFails("a folder of something else", images("colours"));
    initFails(
        "another size of pictures than the model's",
        base.edited("preprocessor_config.json", "{\"size\": 16, \"crop_size\": 16}"));
    initFails(
        "an activation that Braid does not know",
        base.replaced("config.json", "quick_gelu", "silu"));
    initFails("weights cut short", base.halved("model.safetensors"));
    initFails(
        "a weight that is not a number",
        base.damaged(
            "model.safetensors",
            file ->
                file.write(
                    ByteBuffer.wrap(new byte[] {0, 0, (byte) 0xc0, 0x7f}), file.size() - 4)));
    initFails(
        "a tensor by another name",
        base.replaced("model.safetensors", "logit_scale", "logit_skale"));
    initFails("a configuration cut short", base.halved("config.json"));
    initFails("a tokenizer cut short", base.halved("tokenizer.json"));
    initFails(
        "adapters of a larger rank than the layers",
        images("base"),
        "line.train=lora",
        "line.lora-rank=10000");
    initFails(
        "adapters of layers that are not there",
        images("base"),
        "line.train=lora",
        "line.lora-targets=mlp.fc9");
    Path file = Files.writeString(folder.resolve("file"), "");
    fails("a store in a file", 1, "init", "--base", images("base"), "--store", file + "/store");
    fails(
        "a store where nothing can be made",
        1,
        "init",
        "--base",
        images("base"),
        "--store",
        "/proc/braid");
  }

  private void tryTasks() throws IOException {
    table.chapter("A task that cannot be one (`add`)");
    add("colours");
    addFails("a name that waits already", "colours", images("colours"));
    addFails("a name that is a path", "../x", images("colours"));
    addFails("a folder that is not there", "x", "/no/such");
    addFails(
        "a folder without pictures",
        "x",
        Files.createDirectories(folder.resolve("void")).toString());
    fails("a table that is not there", 3, "add", "--name", "x", "--table", "shop.pictures");
    addFails("a template without {c}", "x", images("colours"), "--template", "a photo");
    addFails(
        "a folder outside the allowed roots",
        "x",
        images("colours"),
        "--conf",
        "ingest.allowed-roots=[\"/data\"]");
    addFails(
        "class names outside the allowed roots",
        "x",
        images("colours"),
        "--classes",
        "/etc/hostname",
        "--conf",
        "ingest.allowed-roots=[\"" + shared + "\"]");
    fails("no folder of pictures", 2, "add", "--name", "x");
    fails("a task file that is not there", 3, "add", "/no/such.conf");
    fileFails("a task file cut short", "name = x, train {");
    fileFails("a task file without pictures", "name = x");
    fileFails("a task file with two sources", "name = x, images = /tmp, table = shop.pictures");
    fileFails("an unknown key", "name = x, images = /tmp, epochs = 3");
    fileFails(
        "training settings out of their range", "name = x, images = /tmp, train { batch = 0 }");
    fails("a task file and options", 2, "add", file("name = x"), "--priority", "2");
    fails("a task again that was never set aside", 3, "add", "--again", "x");
  }

  private void tryDataSets() throws IOException {
    table.chapter(
        "Faults of a task: pictures that cannot be learned from (`run` sets it aside)",
        "A task is set aside when its pictures are at fault: when they are missing, may not be"
            + " read, are no pictures, or are not divided into classes as they must be. A source"
            + " that changes while it is read is read once more before that. The other tasks are"
            + " learned. When the pictures are mended, `braid add --again TASK` brings the task"
            + " back.");
    String root = folder.resolve("data").toString();
    assertThat(braid("init", "--base", images("base"), "--store", root).code()).isZero();
    for (SpoiledTask task : SpoiledTask.values()) {
      String images = task.writeIn(folder).toString();
      String[] add = {
        "add", "--unchecked", "--store", root, "--name", task.task(), "--images", images
      };
      assertThat(braid(add).code()).as(images).isZero();
    }
    CommandResult commandResult = braid("run", "--store", root, "--master", "local[2]");
    assertThat(commandResult.code())
        .as(commandResult.error())
        .isEqualTo(ExitCode.DONE_WITH_REFUSALS.code());
    JsonNode decisions = commandResult.json().at("/decisions");
    softly.assertThat(decisions).hasSize(SpoiledTask.values().length);
    decisions.forEach(
        decision ->
            table.add(
                "the task `%s`".formatted(decision.at("/task").textValue()),
                commandResult.code(),
                "Set aside: " + firstReason(decision)));
  }

  private void tryReach() throws IOException {
    table.chapter(
        "Faults of the cluster: pictures that cannot be reached now (`run` leaves the task"
            + " waiting)",
        "A task waits when a file system, a host or an executor is at fault: when a disk fails, a"
            + " file system does not answer, or an executor does not see what the driver sees. The"
            + " next run tries it again; the other tasks are learned.");
    Path failing = TinyTask.COLOURS.writeFew(shared.resolve("failing"));
    // Reading this process' memory at 0 is an error of the file system, which even root gets.
    Files.createSymbolicLink(failing.resolve("train/kind-0/memory.png"), Path.of("/proc/self/mem"));
    waits("a picture on a disk with a fault", failing.toString());
    Path names = TinyTask.COLOURS.writeFew(shared.resolve("names-fail"));
    Files.createSymbolicLink(names.resolve("classes.txt"), Path.of("/proc/self/mem"));
    waits("class names on a disk with a fault", names.toString());
    waits("pictures on an HDFS that does not answer", "hdfs://localhost:1/pictures");
  }

  /** Adds the task to a store of its own and checks that a run leaves it waiting. */
  private void waits(String tried, String images) throws IOException {
    String root = folder.resolve("waiting").toString();
    assertThat(braid("init", "--base", images("base"), "--store", root).code()).isZero();
    String[] add = {"add", "--unchecked", "--store", root, "--name", "x", "--images", images};
    assertThat(braid(add).code()).isZero();
    fails(
        tried,
        1,
        "run",
        "--store",
        root,
        "--master",
        "local[1]",
        "--conf",
        "ingest.allowed-roots=[\"/\",\"hdfs://localhost:1/\"]",
        "--conf",
        "store.options.\"ipc.client.connect.max.retries\"=0");
    delete(folder.resolve("waiting"));
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The first reason, without a comparison with the base that depends on chance. */
  private static String firstReason(JsonNode decision) {
    return decision.at("/reasons/0").textValue().replaceFirst("; .* is worse than the base.*", "");
  }

  private void tryHistory() throws IOException {
    table.chapter("Versions and lines");
    fails("a version before there is one", 3, "show");
    fails("an evaluation before anything is learned", 3, "evaluate");
    fails("a report before anything is learned", 3, "report", "--out", other());
    fails("to force a task that was not set aside", 3, "run", "--force", "colours");
    add("stripes");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    fails("a version that is not there", 3, "show", "9");
    fails("to compare with a version that is not there", 3, "show", "--diff", "1", "9");
    fails("to go back to a version that is not there", 3, "rollback", "9");
    fails("to remove a task that nobody added", 3, "remove", "x");
    fails("to remove a task of a `decoupled` line", 3, "remove", "colours");
    fails("to replace a task that was not learned", 3, replacing("x"));
    fails("to replace a task of a `decoupled` line", 3, replacing("colours"));
    fails("to add what is learned again", 3, "add", "--again", "colours");
    addFails("another task by a learned one's name", "colours", images("stripes"));
    fails("changing the truth of a line", 2, "run", "--conf", "line.truth=deltas");
    String free = folder.resolve("free").toString();
    fails("an export of nothing in particular", 2, "export", "--to", free);
    fails("an export of an unknown task", 3, "export", "--task", "x", "--to", free);
    fails(
        "an export of a task from before it", 3, "export", "1", "--task", "stripes", "--to", free);
    fails("an export of a version's base", 2, "export", "--base", "2", "--to", free);
    fails("an export over something", 3, "export", "--task", "colours", "--to", folder.toString());
  }

  private void tryDamage() throws IOException {
    table.chapter("A store that was damaged");
    Path store = folder.resolve(STORE);
    damageFails("a bit of `store.json`", store.resolve("store.json"), "status");
    damageFails(
        "a bit of the head's manifest", store.resolve("versions/main/000002.json"), "status");
    damageFails("a bit of a file of the inbox", store.resolve("inbox/000001.json"), "run");
    Path weights = shardOfTheBase(store);
    String[] export = {"export", "--base", "--to", folder.resolve("free").toString()};
    damageFails("a bit of the base's weights", weights, export);
    byte[] whole = Files.readAllBytes(weights);
    Files.delete(weights);
    fails("a lost file of the base's weights", 1, export);
    Files.write(weights, whole);
    Path info = store.resolve("store.json");
    byte[] sealed = Files.readAllBytes(info);
    String newer =
        new String(Seal.open(sealed, "store.json"), UTF_8)
            .replace("\"format\":" + StoreInfo.FORMAT, "\"format\":" + (StoreInfo.FORMAT + 1));
    Files.write(info, Seal.set(newer.getBytes(UTF_8)));
    fails("a store of a newer Braid", 1, "status");
    Files.write(info, sealed);
  }

  private void tryDisks() throws IOException {
    table.chapter("A disk with a fault");
    add("lots");
    fails(
        "to add to a full disk",
        1,
        on(Fault.FULL, "add", "--name", "x", "--images", images("stripes")));
    fails(
        "to add to a disk that is read-only",
        1,
        on(Fault.READ_ONLY, "add", "--name", "x", "--images", images("stripes")));
    fails("to learn on a full disk", 1, on(Fault.FULL, "run", "--master", "local[1]"));
    fails(
        "to learn on a disk that is read-only",
        1,
        on(Fault.READ_ONLY, "run", "--master", "local[1]"));
    fails(
        "to learn from a disk whose objects cannot be read",
        1,
        on(Fault.UNREADABLE, "run", "--master", "local[1]"));
    CommandResult lost = braid(on(Fault.CONTESTED, "rollback", "1"));
    softly.assertThat(lost.code()).isEqualTo(ExitCode.CONFLICT.code());
    table.add("to publish when somebody else was faster", lost.code(), sentence(lost));
  }

  private static String[] replacing(String task) {
    return new String[] {"replace", task, "--images", images("stripes")};
  }

  private static String[] on(Fault fault, String... command) {
    return with(
        new String[] {
          "--conf",
          "store.options.\"%s\"=%s".formatted(LocalDisk.CLASS, FailingDisk.class.getName()),
          "--conf",
          "store.options.\"%s\"=%s".formatted(FailingDisk.FAULT, fault)
        },
        command);
  }

  /**
   * Checks that the command fails with this code and one sentence and leaves the store unchanged.
   */
  private void fails(String tried, int code, String... command) throws IOException {
    Map<Path, String> before = files(folder);
    CommandResult commandResult = braid(command);

    softly
        .assertThat(commandResult.code())
        .as(tried + ": " + commandResult.text() + commandResult.error())
        .isEqualTo(code);
    table.add(tried, code, sentence(commandResult));
    softly.assertThat(files(folder)).as(tried).isEqualTo(before);
  }

  /** The one sentence of the error output, without hints. */
  private String sentence(CommandResult commandResult) {
    List<String> lines =
        commandResult.error().lines().filter(line -> !HINT.matcher(line).find()).toList();
    softly.assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("braid: "));
    return String.join(" ", lines).replaceFirst("braid: ", "");
  }

  private void initFails(String tried, String base, String... settings) throws IOException {
    String[] options =
        Stream.of(settings).flatMap(setting -> Stream.of("--conf", setting)).toArray(String[]::new);
    fails(tried, 3, with(options, "init", "--base", base, "--store", other()));
  }

  private void addFails(String tried, String name, String images, String... options)
      throws IOException {
    fails(tried, 3, with(options, "add", "--name", name, "--images", images));
  }

  private void fileFails(String tried, String text) throws IOException {
    fails(tried, 3, "add", file(text));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("task.conf"), text).toString();
  }

  private void damageFails(String tried, Path file, String... command) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[flipped.length / 2] ^= 1;
    Files.write(file, flipped);
    fails(tried, 1, command);
    Files.write(file, whole);
  }

  private static Path shardOfTheBase(Path root) {
    ModelStore store = ModelStore.open(StoreLocation.of(root.toString()));
    Blob weights = store.blobs().get(store.info().weights());
    return Path.of(URI.create(store.blobs().locations(weights).get(3)));
  }
}
