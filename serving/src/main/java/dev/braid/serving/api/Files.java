package dev.braid.serving.api;

import dev.braid.serving.api.Route.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The files that come with the server: the page, and the description of its API. */
final class Files {
  private Files() {}

  static List<Route> routes() {
    return List.of(
        file("/", "page/index.html", "text/html; charset=utf-8"),
        file("/style.css", "page/style.css", "text/css; charset=utf-8"),
        file("/script.js", "page/script.js", "text/javascript; charset=utf-8"),
        file("/openapi.json", "openapi.json", "application/json"));
  }

  private static Route file(String path, String name, String contentType) {
    Reply reply = new Reply(200, contentType, read(name));
    return Route.get(path, Access.OPEN, request -> reply);
  }

  private static byte[] read(String name) {
    try (InputStream in = Files.class.getResourceAsStream("/dev/braid/serving/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
