package dev.braid.serving.version;

import dev.braid.model.Check;
import dev.braid.model.LineId;
import java.time.Duration;
import java.util.Map;

/**
 * Which versions answer.
 *
 * @param poll the time between two looks for new versions
 * @param pins by line, the version that answers whatever the head is
 * @param openExperts the largest number of experts in memory, besides the base
 * @param encodedTogether the number of pictures that a model encodes together
 */
public record Following(
    Duration poll, Map<LineId, Integer> pins, int openExperts, int encodedTogether) {
  public Following {
    pins = Map.copyOf(pins);
    Check.argument(poll.toMillis() > 0, "Invalid poll: %s ms (at least 1)", poll.toMillis());
    Check.argument(openExperts > 0, "Invalid open-experts: %s (at least 1)", openExperts);
    Check.argument(
        encodedTogether > 0, "Invalid encode: %s pictures (at least 1)", encodedTogether);
  }
}
