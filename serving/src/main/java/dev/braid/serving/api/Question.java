package dev.braid.serving.api;

import dev.braid.inference.classify.Candidates;
import dev.braid.model.LineId;
import java.util.List;
import java.util.OptionalInt;

/**
 * Pictures and what is asked about them.
 *
 * @param line its name, as the client gave it
 * @param version its number, if the client gave one
 * @param labels the number of most probable labels
 */
record Question(
    String line, OptionalInt version, Candidates candidates, int labels, List<byte[]> pictures) {
  Question {
    pictures = List.copyOf(pictures);
  }

  LineId lineId() {
    try {
      return new LineId(line);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequestException(404, "There is no such line");
    }
  }
}
