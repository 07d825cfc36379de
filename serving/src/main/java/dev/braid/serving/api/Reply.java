package dev.braid.serving.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server says.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, String contentType, byte[] body) {
  private static final int OK = 200;

  static Reply json(int status, JsonNode json) {
    return new Reply(status, "application/json", Json.bytes(json));
  }

  static Reply json(JsonNode json) {
    return json(OK, json);
  }

  /** A refusal as JSON. */
  public static Reply refusal(int status, String sentence) {
    return json(status, Json.object().put("error", sentence));
  }
}
