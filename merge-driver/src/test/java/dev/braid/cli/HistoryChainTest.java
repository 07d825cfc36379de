package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was learned is undone and done again, as a team would. */
class HistoryChainTest extends CommandFixture {
  @Test
  void rollbackAndAddAgain_endInTheSameModel() throws IOException {
    init();
    add("colours");
    add("stripes");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    String first = braid("log").json().at("/versions/0/model").textValue();
    String both = braid("log").json().at("/versions/1/model").textValue();

    Said back = braid("rollback", "1");
    assertThat(back.code()).as(back.error()).isZero();
    assertThat(back.json().at("/version").intValue()).isEqualTo(3);
    assertThat(back.json().at("/model").textValue()).isEqualTo(first);
    assertThat(braid("status").text()).contains("Set aside stripes: rolled back to version 1");
    assertThreeRunsChangeNothing();

    assertThat(braid("rollback", "1").text()).contains("Nothing to do");
    check(3, "Cannot roll back line main to version 9: there is none", "rollback", "9");
    check(3, "Cannot add colours again: line main has learned it", "add", "--again", "colours");
    check(3, "Cannot add other again: it is not set aside", "add", "--again", "other");
    check(2, "give nothing else", "add", "--again", "stripes", "--name", "stripes");

    Said again = braid("add", "--again", "stripes");
    assertThat(again.code()).as(again.error()).isZero();
    assertThat(braid("status").json().at("/waiting/0").textValue()).isEqualTo("stripes");
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
    check(3, "Cannot add stripes again: it waits", "add", "--again", "stripes");
    Said run = braid("run", "--master", "local[2]");
    assertThat(run.json().at("/model").textValue()).isEqualTo(both);

    braid("rollback", "1");
    assertThat(braid("rollback", "2").json().at("/model").textValue()).isEqualTo(both);
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(3);

    checkCollection(both);
  }

  private void checkCollection(String model) throws IOException {
    Map<Path, String> before = files(folder);
    Said planned = braid("gc", "--keep", "1", "--conf", "gc.min-age=0s");
    assertThat(planned.code()).as(planned.error()).isZero();
    assertThat(planned.json().at("/condemned").toString()).contains("versions/main/000001.json");
    assertThat(planned.text()).contains("Nothing was changed");
    assertThat(files(folder)).isEqualTo(before);
    assertThat(braid("gc", "--apply").json().at("/condemned")).as("all is young").isEmpty();

    String[] eager = {"--apply", "--conf", "gc.min-age=0s", "--conf", "gc.cache-age=0s"};
    assertThat(braid(with(eager, "gc", "--keep", "1")).json().at("/condemned")).isNotEmpty();
    assertThat(braid("fsck", "--master", "local[2]").json().at("/faults")).isEmpty();
    Said deleted = braid(with(eager, "gc", "--keep", "1"));
    assertThat(deleted.json().at("/deleted-files").intValue()).isPositive();
    assertThat(braid(with(eager, "gc", "--keep", "1")).json().at("/condemned")).isEmpty();

    assertThat(braid("log").json().at("/versions")).hasSize(1);
    Said checked = braid("fsck", "--master", "local[2]");
    assertThat(checked.json().at("/faults")).isEmpty();
    assertThat(checked.text()).contains("there are no versions 1 to ");
    assertThat(braid("show").json().at("/model").textValue()).isEqualTo(model);
    assertThat(braid("evaluate", "--master", "local[2]").json().at("/matrix")).hasSize(3);
    assertThreeRunsChangeNothing();
    check(3, "Cannot roll back line main to version 1: there is none", "rollback", "1");
  }

  @Test
  void remove_ofLearnedAndWaitingTasks_isForGood() throws IOException {
    String[] deltas = {"--conf", "line.truth=deltas"};
    assertThat(braid(with(deltas, "init", "--base", images("base"))).code()).isZero();
    add("stripes");
    add("colours");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    add("lots");

    Said removed = braid("remove", "stripes", "--master", "local[2]");
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
    Said alone = braid("run", "--store", other(), "--master", "local[2]");
    assertThat(alone.json().at("/model")).isEqualTo(removed.json().at("/model"));
  }

  private void assertThreeRunsChangeNothing() throws IOException {
    Map<Path, String> before = files(folder);
    for (int run = 0; run < 3; run++) {
      assertThat(braid("run").text()).contains("Nothing to do");
    }
    assertThat(files(folder)).isEqualTo(before);
  }
}
