package dev.braid.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.TinyTask;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests rollback, removal, replacement and purge on one line, as a team uses them. */
class HistoryChainTest extends CommandFixture {
  /** A word that only this task's class names contain. */
  private static final String STRIPED = "zebra";

  @Test
  void rollbackAndAddAgain_endInTheSameModel() throws IOException {
    init();
    add("colours");
    add("stripes");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    String first = braid("log").json().at("/versions/0/model").textValue();
    String both = braid("log").json().at("/versions/1/model").textValue();

    CommandResult back = braid("rollback", "1");
    assertThat(back.code()).as(back.error()).isZero();
    assertThat(back.json().at("/version").intValue()).isEqualTo(3);
    assertThat(back.json().at("/model").textValue()).isEqualTo(first);
    assertThat(braid("status").text()).contains("Set aside stripes: rolled back to version 1");
    checkDiffs();
    assertThreeRunsChangeNothing();

    assertThat(braid("rollback", "1").text()).contains("Nothing to do");
    check(3, "Cannot roll back line main to version 9: there is none", "rollback", "9");
    check(3, "Cannot add colours again: line main has learned it", "add", "--again", "colours");
    check(3, "Cannot add other again: it is not set aside", "add", "--again", "other");
    check(2, "give no task file", "add", "--again", "stripes", "--name", "stripes");
    String[] replace = {"replace", "stripes", "--images", images("lots")};
    check(3, "Cannot replace stripes: line main has not learned it", replace);

    CommandResult again = braid("add", "--again", "stripes");
    assertThat(again.code()).as(again.error()).isZero();
    assertThat(braid("status").json().at("/waiting/0").textValue()).isEqualTo("stripes");
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
    check(3, "Cannot add stripes again: it waits", "add", "--again", "stripes");
    CommandResult run = braid("run", "--master", "local[2]");
    assertThat(run.json().at("/model").textValue()).isEqualTo(both);

    check(
        3,
        "what that changed in the experts of [stripes] cannot be undone",
        "replace",
        "colours",
        "--images",
        images("lots"));
    braid("rollback", "1");
    assertThat(braid("rollback", "2").json().at("/model").textValue()).isEqualTo(both);
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(3);

    checkCollection(both);
  }

  private void checkCollection(String model) throws IOException {
    Map<Path, String> before = files(folder);
    CommandResult planned = braid("gc", "--keep", "1", "--conf", "gc.min-age=0s");
    assertThat(planned.code()).as(planned.error()).isZero();
    assertThat(planned.json().at("/condemned").toString()).contains("versions/main/000001.json");
    assertThat(planned.text()).contains("Nothing was changed");
    assertThat(files(folder)).isEqualTo(before);
    assertThat(braid("gc", "--apply").json().at("/condemned")).as("all is young").isEmpty();

    String[] eager = {"--apply", "--conf", "gc.min-age=0s", "--conf", "gc.cache-age=0s"};
    assertThat(braid(with(eager, "gc", "--keep", "1")).json().at("/condemned")).isNotEmpty();
    assertThat(braid("fsck", "--master", "local[2]").json().at("/faults")).isEmpty();
    CommandResult deleted = braid(with(eager, "gc", "--keep", "1"));
    assertThat(deleted.json().at("/deleted-files").intValue()).isPositive();
    assertThat(braid(with(eager, "gc", "--keep", "1")).json().at("/condemned")).isEmpty();

    assertThat(braid("log").json().at("/versions")).hasSize(1);
    CommandResult checked = braid("fsck", "--master", "local[2]");
    assertThat(checked.json().at("/faults")).isEmpty();
    assertThat(checked.text()).contains("there are no versions 1 to ");
    assertThat(braid("show").json().at("/model").textValue()).isEqualTo(model);
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(3);
    assertThreeRunsChangeNothing();
    check(3, "Cannot roll back line main to version 1: there is none", "rollback", "1");
  }

  private void checkDiffs() {
    CommandResult forward = braid("show", "--diff", "1", "2");
    assertThat(forward.code()).as(forward.error()).isZero();
    assertThat(forward.json().at("/learned").toString()).isEqualTo("[\"stripes\"]");
    assertThat(forward.json().at("/gone")).isEmpty();
    assertThat(forward.json().at("/rescaled/0/task").textValue()).isEqualTo("colours");
    assertThat(forward.json().at("/rescaled/0/before").doubleValue())
        .isNotEqualTo(forward.json().at("/rescaled/0/after").doubleValue());
    assertThat(forward.json().at("/vectors").findValuesAsText("name")).contains("u");
    assertThat(forward.text()).contains("Learned   stripes\n", "Lambda    colours: 1.0000, then ");

    CommandResult back = braid("show", "--diff", "2", "3");
    assertThat(back.json().at("/gone").toString()).isEqualTo("[\"stripes\"]");
    assertThat(back.json().at("/set-aside/0/task").textValue()).isEqualTo("stripes");

    CommandResult same = braid("show", "--diff", "1", "3");
    assertThat(same.text()).contains("Model     the same");
    assertThat(same.json().at("/vectors")).isEmpty();
  }

  @Test
  void remove_ofLearnedAndWaitingTasks_isForGood() throws IOException {
    String[] deltas = {"--conf", "line.truth=deltas"};
    assertThat(braid(with(deltas, "init", "--base", images("base"))).code()).isZero();
    braid("add", "--name", "stripes", "--images", striped().toString());
    add("colours");
    String wild = wild();
    braid("add", wild);
    CommandResult run = braid("run", "--master", "local[2]");
    assertThat(run.code()).as(run.text() + run.error()).isEqualTo(5);
    checkReplacement(run.json().at("/model").textValue());
    add("lots");

    CommandResult removed = braid("remove", "stripes", "--master", "local[2]");
    assertThat(removed.code()).as(removed.error()).isZero();
    assertThat(braid("remove", "lots").code()).isZero();
    assertThat(braid("remove", "lots").text()).contains("Nothing to do: lots is set aside already");
    check(3, "Cannot remove other from line main: the line has not learned it", "remove", "other");
    assertThat(braid("status").text())
        .contains("Set aside stripes: removed\n", "Set aside lots: removed before it was learned");
    assertThreeRunsChangeNothing();
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(2);

    String[] elsewhere = with(deltas, "--store", other());
    braid(with(elsewhere, "init", "--base", images("base")));
    braid("add", "--store", other(), "--name", "colours", "--images", images("colours"));
    braid("add", "--store", other(), wild);
    CommandResult alone = braid("run", "--store", other(), "--master", "local[2]");
    assertThat(alone.json().at("/model")).isEqualTo(removed.json().at("/model"));

    checkPurge();
    checkAddAgainOfAnother();
  }

  /** Checks adding a task again whose pictures were ingested and kept. */
  private void checkAddAgainOfAnother() throws IOException {
    Files.move(folder.resolve("wild"), folder.resolve("away"));
    assertThat(braid("add", "--again", "wild").code()).isZero();
    assertThat(braid("run", "--master", "local[2]").text()).contains("Cannot go on training");
  }

  /** A task file with a training that diverges immediately. */
  private String wild() throws IOException {
    TinyTask.COLOURS.writeShuffled(folder.resolve("wild"));
    String task = "name = wild, images = wild, train { learning-rate = 1e30 }";
    return Files.writeString(folder.resolve("wild.conf"), task).toString();
  }

  /** A worse expert is refused, forced into the old one's place, and rolled back. */
  private void checkReplacement(String model) throws IOException {
    String[] replace = {"replace", "stripes", "--images", images("lots")};
    check(
        2,
        "Name a task file, or the learned task and --images (or --table)",
        "replace",
        "x",
        "--template",
        "");
    check(3, "or use 'braid replace'", "add", "--name", "stripes", "--images", images("lots"));
    CommandResult added = braid(replace);
    assertThat(added.code()).as(added.error()).isZero();
    check(3, "Cannot replace stripes: one of that name waits", replace);
    assertThat(braid("status").text()).contains("Waiting   stripes (replaces the learned one) (1)");

    CommandResult refused = braid("run", "--master", "local[2]");
    assertThat(refused.code()).as(refused.text() + refused.error()).isEqualTo(5);
    assertThat(refused.json().at("/model").textValue()).isEqualTo(model);
    assertThat(braid("status").text())
        .contains("Learned   stripes, colours", "Set aside stripes: stripes is not above chance");
    assertThat(figures()).contains("\"known\":{\"colours\":", "\"stripes\":{\"candidate\":");

    CommandResult forced = braid("run", "--master", "local[2]", "--force", "stripes");
    assertThat(forced.code()).as(forced.text() + forced.error()).isZero();
    assertThat(forced.text()).contains("Replaced stripes.");
    assertThat(forced.json().at("/decisions/0/outcome").textValue()).isEqualTo("replaced");
    assertThat(braid("log").text()).contains("replace stripes by force: stripes is not above");
    assertThat(braid("status").text())
        .contains("Learned   stripes, colours", "Set aside stripes: replaced\n");
    CommandResult shown = braid("show");
    assertThat(shown.json().at("/tasks/0/task").textValue()).isEqualTo("stripes");
    assertThat(shown.json().at("/tasks/0/classes").toString()).doesNotContain(STRIPED);
    assertThat(braid("run", "--force", "stripes").text()).contains("Nothing to do");

    assertThat(braid("rollback", "2").json().at("/model").textValue()).isEqualTo(model);
    assertThat(braid("add", "--again", "stripes").code()).isZero();
    assertThat(braid("rollback", "2").text()).contains("Nothing to do");
    assertThat(braid("status").text()).contains("Waiting   stripes (replaces the learned one) (1)");
  }

  /** The figures of the newest decision. */
  private String figures() {
    ModelStore store = ModelStore.open(StoreLocation.of(folder.resolve("store").toString()));
    dev.braid.model.record.Version head = store.versions(LineId.MAIN).head().orElseThrow();
    return new String(store.objects().read(head.evaluation().orElseThrow(), "json"), UTF_8);
  }

  /** Checks that the store afterwards holds nothing that a store without the task does not hold. */
  private void checkPurge() throws IOException {
    check(3, "Cannot purge colours: line main still has it", "purge", "colours", "--yes", "--yes");
    check(3, "Cannot purge other: nothing of that name was ever added", "purge", "other", "--yes");
    for (String answers : List.of("", "no\n", "yes\n", "yes\ncolours\n")) {
      Map<Path, String> before = files(folder);
      CommandResult unsure = answering(answers, "purge", "stripes");
      assertThat(unsure.code()).isEqualTo(3);
      assertThat(unsure.error()).contains("Cannot purge stripes: it was not confirmed");
      assertThat(files(folder)).isEqualTo(before);
    }
    Set<String> traces = new TreeSet<>(pictures(striped()));
    traces.add(STRIPED);
    traces.add(striped().toString()); // is in the request
    traces.addAll(objects("store"));
    traces.removeAll(objects("other"));
    assertThat(found(traces)).hasSameSizeAs(traces);
    Path inbox = folder.resolve("store/inbox"); // like a broken file after a repair
    Files.copy(inbox.resolve("000001.json"), inbox.resolve("000001.json.corrupt"));

    CommandResult purged = answering("yes\nstripes\n", "purge", "stripes");

    assertThat(purged.code()).as(purged.error()).isZero();
    traces.removeAll(publications()); // of the versions that remain: they say nothing of the task
    assertThat(found(traces)).isEmpty();
    Set<String> expected = objects("other");
    expected.addAll(publications());
    assertThat(objects("store")).isNotEmpty().isSubsetOf(expected);
    assertThat(braid("log").json().at("/versions")).hasSize(3); // removed, set aside, purged
    assertThat(braid("log").text()).contains("purge stripes").doesNotContain("learn colours");
    assertThat(braid("status").text()).contains("Learned   colours").doesNotContain("stripes:");
    check(3, "Cannot add stripes again: it is not set aside", "add", "--again", "stripes");
    check(3, "Cannot roll back line main to version 2: there is none", "rollback", "2");
    CommandResult checked = braid("fsck", "--master", "local[2]");
    assertThat(checked.json().at("/faults")).isEmpty();
    assertThat(checked.text()).contains("there are no versions 1 to 7");
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(2);
    assertThreeRunsChangeNothing();
    assertThat(braid("purge", "stripes", "--yes", "--yes").code()).as("once more").isZero();
  }

  private CommandResult answering(String answers, String... command) {
    InputStream in = System.in;
    System.setIn(new ByteArrayInputStream(answers.getBytes(UTF_8)));
    try {
      return braid(command);
    } finally {
      System.setIn(in);
    }
  }

  /** The digests that name the objects of a store and thereby determine their bytes. */
  /** The digests of who published the versions of the line. */
  private Set<String> publications() {
    ModelStore store = ModelStore.open(StoreLocation.of(folder.resolve("store").toString()));
    return store.versions(LineId.MAIN).all().stream()
        .flatMap(version -> version.provenance().stream())
        .map(Digest::hex)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> objects(String store) throws IOException {
    return files(folder.resolve(store).resolve("objects")).keySet().stream()
        .map(file -> file.getFileName().toString().substring(0, 64))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A folder of pictures with classes that no other task has. */
  private static Path striped() throws IOException {
    Path root = shared.resolve("striped");
    if (Files.notExists(root)) {
      TinyTask.STRIPES.write(root);
      for (String split : List.of("train", "test")) {
        for (int label = 0; label < 4; label++) {
          Path folder = root.resolve(split).resolve("kind-" + label);
          Files.move(folder, folder.resolveSibling(STRIPED + label));
        }
      }
    }
    return root;
  }

  /** The bytes of a task's pictures, each as a string. */
  private static List<String> pictures(Path task) throws IOException {
    List<String> pictures = new ArrayList<>();
    for (Path file : files(task).keySet()) {
      pictures.add(Files.readString(file, ISO_8859_1));
    }
    return pictures;
  }

  /** Those of the given texts that occur in a file of the store or in its name. */
  private Set<String> found(Set<String> texts) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : files(folder.resolve("store")).keySet()) {
      String content = file + Files.readString(file, ISO_8859_1);
      texts.stream().filter(content::contains).forEach(found::add);
    }
    return found;
  }

  private void assertThreeRunsChangeNothing() throws IOException {
    Map<Path, String> before = files(folder);
    for (int run = 0; run < 3; run++) {
      assertThat(braid("run").text()).contains("Nothing to do");
    }
    assertThat(files(folder)).isEqualTo(before);
  }
}
