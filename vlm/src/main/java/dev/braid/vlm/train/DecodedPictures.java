package dev.braid.vlm.train;

import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.util.HashMap;
import java.util.Map;

/** Decodes images and caches them up to a limit, because every epoch uses each of them again. */
final class DecodedPictures {
  private final Preprocessor preprocessor;
  private final Map<Long, RgbImage> images = new HashMap<>();
  private long room;

  DecodedPictures(Preprocessor preprocessor, long bytes) {
    this.preprocessor = preprocessor;
    this.room = bytes;
  }

  /** An image of the training, decoded. */
  RgbImage of(FineTuning.Pictures pictures, int number) throws UndecodableImageException {
    long rowId = pictures.rowId(number);
    RgbImage known = images.get(rowId);
    if (known != null) {
      return known;
    }
    RgbImage image = preprocessor.decode(pictures.encoded(number));
    long bytes = 3L * image.width() * image.height();
    if (bytes <= room) {
      room -= bytes;
      images.put(rowId, image);
    }
    return image;
  }
}
