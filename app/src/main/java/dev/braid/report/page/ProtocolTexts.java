package dev.braid.report.page;

import java.util.Map;

/** What is known at test time under a protocol (METHODS 5), in a sentence. */
final class ProtocolTexts {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "known-task",
          "The task of a picture is known once it was learned. Tasks not yet learned are answered"
              + " as if the task were unknown.",
          "own-labels",
          "The task of a picture is unknown, and the model must choose among the classes of the"
              + " tested set.",
          "union-labels",
          "The task of a picture is unknown, and the model must choose among the classes of all"
              + " tasks learned so far, and of the tested set if it is not among them. The hardest,"
              + " and the only one like production. The choice grows with every task, so BWT,"
              + " Forgetting and FWT hold that growth too: compare them with those of zero-shot.");

  private ProtocolTexts() {}

  /** The sentence; empty for a protocol that is not known here. */
  static String meaning(String protocol) {
    return MEANINGS.getOrDefault(protocol, "");
  }
}
