package dev.braid.serving.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request.
 *
 * @param path the variables of its path, such as the line
 * @param query its parameters; of a form, its fields too
 * @param body its bytes; of a form, those of its file
 * @param jsonLength the length of the JSON at the start of the body, if binary tensors follow it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Incoming(
    Map<String, String> path,
    Map<String, List<String>> query,
    byte[] body,
    OptionalInt jsonLength) {
  public Incoming {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /** A variable of the path, if its route has it. */
  Optional<String> inPath(String name) {
    return Optional.ofNullable(path.get(name));
  }
}
