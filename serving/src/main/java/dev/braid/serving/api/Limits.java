package dev.braid.serving.api;

import dev.braid.model.Check;

/**
 * What a request may ask for.
 *
 * @param pixels of a picture
 * @param pictures of a request
 * @param classes the number of class names that a client may give
 * @param classLength the characters of such a name
 * @param labels the most probable labels of a picture
 */
public record Limits(long pixels, int pictures, int classes, int classLength, int labels) {
  public Limits {
    Check.argument(pixels > 0, "Invalid pixels: %s (at least 1)", pixels);
    Check.argument(pictures > 0, "Invalid pictures: %s (at least 1)", pictures);
    Check.argument(classes > 1, "Invalid classes: %s (at least 2)", classes);
    Check.argument(classLength > 0, "Invalid class-length: %s (at least 1)", classLength);
    Check.argument(labels > 0, "Invalid labels: %s (at least 1)", labels);
  }
}
