package dev.braid.model.figures;

import dev.braid.model.TaskId;
import java.io.Serializable;

/**
 * Pictures of one class that were answered as another one.
 *
 * @param className of the pictures
 * @param task whose class they were answered as
 * @param answer the name of that class
 * @param pictures their number, at least 1
 * @param first the number of the first of them in its split, counted from 0
 */
public record Confusion(String className, TaskId task, String answer, long pictures, long first)
    implements Serializable {
  /** The largest number of confusions that a score keeps: those of the most pictures. */
  public static final int KEPT = 10;
}
