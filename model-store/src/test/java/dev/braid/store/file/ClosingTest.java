package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void all_whereSomeFail_closesTheRestAndTellsOfEveryFailure() {
    assertThatThrownBy(
            () ->
                Closing.all(
                    List.of(
                        () -> closed.add("a"), failing("b"), () -> closed.add("c"), failing("d"))))
        .hasMessage("b")
        .satisfies(first -> assertThat(first.getSuppressed()[0]).hasMessage("d"));
    assertThat(closed).containsExactly("a", "b", "c", "d");
  }

  @Test
  void all_whereNoneFails_closesInOrder() {
    Closing.all(List.of(() -> closed.add("a"), () -> closed.add("b")));

    assertThat(closed).containsExactly("a", "b");
  }

  private Runnable failing(String name) {
    return () -> {
      closed.add(name);
      throw new IllegalStateException(name);
    };
  }
}
