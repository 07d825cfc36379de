package dev.braid.report.page;

import java.util.Map;

/** Describes what is known at test time under each protocol (METHODS 5). */
final class ProtocolTexts {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "known-task",
          "The task of a picture is known once it is learned. Pictures of tasks not yet learned are"
              + " classified as if their task were unknown.",
          "own-labels",
          "The task of a picture is unknown, and the model must choose among the classes of the"
              + " test set.",
          "union-labels",
          "The task of a picture is unknown, and the model must choose among the classes of all"
              + " tasks learned so far, and of the test set if it is not among them. This is the"
              + " hardest protocol and the only one that resembles production. The number of"
              + " classes grows with every task, which also affects BWT, Forgetting and FWT:"
              + " compare them with those of zero-shot.");

  private ProtocolTexts() {}

  /** The description; empty for an unknown protocol. */
  static String meaning(String protocol) {
    return MEANINGS.getOrDefault(protocol, "");
  }
}
