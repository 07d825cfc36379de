package dev.braid.serving.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds the requests, and the memory of their bodies, that are in the server at once. */
final class Admission {
  private final int mostRequests;
  private final long mostBytes;
  private int requests; // guarded by this
  private long bytes; // guarded by this

  Admission(TransportLimits limits) {
    this.mostRequests = limits.requests();
    this.mostBytes = limits.bodiesBytes();
  }

  /** The right to be in the server, given back once. */
  final class Permit {
    private final long held;
    private final AtomicBoolean isHeld = new AtomicBoolean(true);

    private Permit(long held) {
      this.held = held;
    }

    void release() {
      if (isHeld.compareAndSet(true, false)) {
        giveBack(held);
      }
    }
  }

  /** Admits a request with a body of at most so many bytes, if there is room. */
  synchronized Optional<Permit> admit(long body) {
    if (requests == mostRequests || bytes + body > mostBytes) {
      return Optional.empty();
    }
    requests++;
    bytes += body;
    return Optional.of(new Permit(body));
  }

  private synchronized void giveBack(long body) {
    requests--;
    bytes -= body;
  }

  /** The number of requests that are in the server now. */
  synchronized int requests() {
    return requests;
  }
}
