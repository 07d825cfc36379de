package dev.braid.inference.classify;

import java.util.List;

/**
 * Classifies pictures with one version over fixed candidates. Safe for use by many threads; works
 * until its {@link BraidModel} is closed.
 */
public final class PictureClassifier {
  private final AnswerMethod method;

  PictureClassifier(AnswerMethod method) {
    this.method = method;
  }

  /**
   * One prediction for each picture, in order. A picture that cannot be decoded does not disturb
   * the others.
   *
   * <p>Several pictures at once cost less than one after the other: each model encodes its pictures
   * in batches, and an expert is loaded once for all of them.
   *
   * @param encoded the bytes of JPEG, PNG, GIF, BMP or TIFF files; each is turned upright as its
   *     EXIF data say
   * @throws IllegalStateException if the model is closed
   */
  public List<Prediction> classify(List<byte[]> encoded) {
    return method.answer(encoded);
  }

  /** The prediction for one picture. */
  public Prediction classify(byte[] encoded) {
    return classify(List.of(encoded)).get(0);
  }
}
