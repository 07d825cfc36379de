package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.settings.SettingsLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallsTest {
  private static final int ROUNDS = 20_000;

  private final SharedSpark spark = new SharedSpark(SettingsLoader.load("store.root=none"), null);
  private final Calls calls = new Calls(spark);

  @Test
  void cancel_interruptsTheThreadUntilItsLastCallEnds() {
    try (Calls.Call outer = calls.begin()) {
      try (Calls.Call inner = calls.begin()) {
        calls.cancel();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(inner.application()).isEmpty();
      }
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(outer.application()).isEmpty();
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void cancel_ofAThreadThatIsInterrupted_leavesItSo() {
    try (Calls.Call call = calls.begin()) {
      Thread.currentThread().interrupt();
      calls.cancel();
      assertThat(call.application()).isEmpty();
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void cancel_whileCallsEnd_interruptsNothingThatFollows() throws Exception {
    FutureTask<Integer> stray =
        new FutureTask<>(
            () -> {
              int interrupted = 0;
              for (int round = 0; round < ROUNDS; round++) {
                calls.begin().close();
                interrupted += Thread.interrupted() ? 1 : 0;
              }
              return interrupted;
            });
    new Thread(stray).start();
    while (!stray.isDone()) {
      calls.cancel();
    }

    assertThat(stray.get()).isZero();
  }

  @Test
  void awaitOthers_returnsWhenTheyHaveEnded() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    FutureTask<Boolean> other =
        new FutureTask<>(
            () -> {
              try (Calls.Call call = calls.begin()) {
                begun.countDown();
                return released.await(60, TimeUnit.SECONDS) && call.application().isEmpty();
              }
            });
    new Thread(other).start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    long start = System.nanoTime();
    calls.awaitOthers(Duration.ofMillis(20));
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    released.countDown();

    Thread.currentThread().interrupt(); // waits nevertheless
    try (Calls.Call own = calls.begin()) {
      calls.awaitOthers(Duration.ofMinutes(1));
      assertThat(own.application()).isEmpty();
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(other.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void spark_ofACallThatClosingOvertook_isRefused() {
    try (Calls.Call call = calls.begin()) {
      spark.refuse();

      assertThatThrownBy(call::spark)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Cannot use Spark: this Braid is closed (open another one)");
      assertThat(call.application()).isEmpty();
    }
  }
}
