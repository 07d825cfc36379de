package dev.braid.inference.classify;

import java.util.List;

/** How a version answers pictures over given candidates. Safe for use by many threads. */
interface AnswerMethod {
  /** One prediction for each picture, in order. */
  List<Prediction> answer(List<byte[]> pictures);
}
