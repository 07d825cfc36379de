package dev.braid.vlm;

import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;

/** An architecture whose models Braid imports, loads, trains and exports. */
public interface ModelFamily {
  /** The one family that this build contains, found as a service. */
  static ModelFamily supported() {
    return ServiceLoader.load(ModelFamily.class, ModelFamily.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("Cannot find a model family on the class path"));
  }

  /**
   * Opens a checkpoint directory and checks all of its files against each other.
   *
   * @throws IllegalArgumentException if it is not a complete model of this family
   */
  Checkpoint open(Path directory) throws IOException;

  /**
   * Creates a checkpoint directory in one step: it appears complete or not at all. Files that other
   * programs want beside those that define the model are added.
   *
   * @param files the files besides the weights, by name
   * @throws IllegalArgumentException if the directory exists and is not empty
   */
  void writeNew(Path directory, Weights weights, Map<String, byte[]> files) throws IOException;

  /** The model that the files of a checkpoint describe, by their names. */
  ModelDefinition define(Map<String, byte[]> files);
}
