package dev.braid.serving.http;

import dev.braid.model.Check;
import java.time.Duration;

/**
 * What connections and requests may take.
 *
 * @param connections that are open at once; further ones wait to be accepted
 * @param requests that are read or answered at once; further ones are refused
 * @param bodyBytes of a request
 * @param bodiesBytes of all requests together; a request that does not fit is refused
 * @param headerBytes of a request's line and headers
 * @param bodyTime in which a client must send a body
 * @param requestTime in which a request is answered, or refused
 * @param idleTime after which a connection without a request is closed
 */
public record TransportLimits(
    int connections,
    int requests,
    long bodyBytes,
    long bodiesBytes,
    int headerBytes,
    Duration bodyTime,
    Duration requestTime,
    Duration idleTime) {
  public TransportLimits {
    Check.argument(connections > 0, "Invalid connections: %s (at least 1)", connections);
    Check.argument(requests > 0, "Invalid requests: %s (at least 1)", requests);
    Check.argument(
        bodyBytes > 0 && bodyBytes <= 1 << 30, "Invalid body: %s bytes (1 to 1 GiB)", bodyBytes);
    Check.argument(
        bodiesBytes >= bodyBytes,
        "Invalid bodies: %s bytes (at least one body of %s)",
        bodiesBytes,
        bodyBytes);
    Check.argument(headerBytes >= 1024, "Invalid header: %s bytes (at least 1024)", headerBytes);
    check("body-time", bodyTime);
    check("request-time", requestTime);
    check("idle-time", idleTime);
  }

  private static void check(String name, Duration time) {
    Check.argument(
        time.toMillis() > 0 && time.toHours() < 1,
        "Invalid %s: %s ms (1 ms to below 1 h)",
        name,
        time.toMillis());
  }
}
