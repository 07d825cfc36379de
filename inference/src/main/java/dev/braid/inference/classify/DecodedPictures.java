package dev.braid.inference.classify;

import dev.braid.inference.WeightsRef;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures of a request that can be decoded, with their vectors from the first model.
 *
 * @param rows their places in the request, ascending
 * @param pictures their bytes
 * @param vectors one for each of them
 * @param errors by place, why the others cannot be decoded
 */
record DecodedPictures(
    List<Integer> rows, List<byte[]> pictures, List<float[]> vectors, Map<Integer, String> errors) {
  /** As many as a model encodes at once: a broken picture costs the decoding of so many others. */
  private static final int TOGETHER = 64;

  /** Encodes pictures with the first of the models that answer them. */
  static DecodedPictures of(Models models, WeightsRef first, List<byte[]> all) {
    DecodedPictures decoded =
        new DecodedPictures(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    for (int from = 0; from < all.size(); from += TOGETHER) {
      decoded.add(models, first, from, all.subList(from, Math.min(from + TOGETHER, all.size())));
    }
    return decoded;
  }

  private void add(Models models, WeightsRef first, int from, List<byte[]> some) {
    List<Integer> intact = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      intact.add(from + i);
    }
    float[][] encoded;
    try {
      encoded = models.encode(first, some);
    } catch (UndecodableImageException e) {
      intact.removeIf(row -> !isDecodable(row, some.get(row - from)));
      encoded = encodeIntact(models, first, intact.stream().map(r -> some.get(r - from)).toList());
    }
    rows.addAll(intact);
    intact.forEach(row -> pictures.add(some.get(row - from)));
    vectors.addAll(List.of(encoded));
  }

  private boolean isDecodable(int row, byte[] picture) {
    try {
      var unused = RgbImage.decode(picture);
      return true;
    } catch (UndecodableImageException e) {
      errors.put(row, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static float[][] encodeIntact(Models models, WeightsRef first, List<byte[]> intact) {
    try {
      return models.encode(first, intact);
    } catch (UndecodableImageException e) {
      throw new IllegalStateException("a picture was decoded before", e);
    }
  }

  /** The vectors of some pictures from another model. */
  float[][] encode(Models models, WeightsRef weights, List<Integer> places) {
    return encodeIntact(models, weights, places.stream().map(pictures::get).toList());
  }
}
