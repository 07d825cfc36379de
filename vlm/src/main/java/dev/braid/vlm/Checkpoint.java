package dev.braid.vlm;

import dev.braid.model.Weights;
import java.util.SortedMap;

/** A model that was read from a directory and checked. */
public interface Checkpoint {
  /** All tensors, sorted by name, as float32. */
  Weights weights();

  /** The files besides the weights, by name. The arrays are shared: do not change them. */
  SortedMap<String, byte[]> files();

  /**
   * Further files of the directory, on which the model does not depend, such as a LICENSE; by name.
   * The arrays are shared: do not change them.
   */
  SortedMap<String, byte[]> keptFiles();
}
