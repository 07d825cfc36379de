package dev.braid.serving.http;

import dev.braid.model.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where the server listens, and to whom.
 *
 * @param port 0 for any free one
 * @param token what clients must send, if anything
 * @param tls what encrypts connections, if anything
 */
public record Listening(String host, int port, Optional<String> token, Optional<Tls> tls) {
  public Listening {
    Check.argument(port >= 0 && port < 1 << 16, "Invalid port: %s (0 to 65535)", port);
    Check.argument(
        token.filter(String::isBlank).isEmpty(), "Invalid BRAID_TOKEN: it is blank (unset it)");
    Check.argument(
        token.isPresent() || tls.isPresent() || address(host).isLoopbackAddress(),
        "Cannot listen on %s: anyone could ask there (set BRAID_TOKEN, or give --tls-certificate"
            + " and --tls-key)",
        host);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "Invalid host: %s (an address of this machine)".formatted(host), e);
    }
  }

  /** Whether only this machine can connect. */
  boolean isLocal() {
    return address(host).isLoopbackAddress();
  }

  /** The scheme of the server's addresses. */
  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address(host), port);
  }

  @Override
  public String toString() { // without the token
    return scheme() + "://" + host + ":" + port;
  }
}
