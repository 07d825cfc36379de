package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Confusion;
import java.util.Optional;

/**
 * Test pictures of one class that the last model answers as another, with an example of each class.
 *
 * @param task of the class
 * @param ofClass the number of all test pictures of the class
 * @param confused a PNG, in Base64, of the first picture that is confused; empty if it cannot be
 *     shown
 * @param answered a PNG, in Base64, of a training picture of the class that is answered; empty if
 *     there is none, or it cannot be shown
 */
public record ConfusedPair(
    TaskId task,
    Confusion confusion,
    long ofClass,
    Optional<String> confused,
    Optional<String> answered) {
  public ConfusedPair {
    Check.argument(
        confusion.pictures() <= ofClass,
        "Invalid confusion: %s pictures of a class of %s",
        confusion.pictures(),
        ofClass);
  }

  /** The share of the class's test pictures, in 0..1. */
  public double share() {
    return (double) confusion.pictures() / ofClass;
  }
}
