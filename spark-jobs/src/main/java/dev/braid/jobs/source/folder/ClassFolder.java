package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.SourceSplit;
import dev.braid.vlm.text.ClassNames;

/**
 * A folder with the pictures of one class in one split.
 *
 * @param path below the root, such as "train/cat"
 * @param className the folder's name in the composed form of Unicode, in which macOS does not write
 *     it
 */
record ClassFolder(SourceSplit split, String path, String className) {
  /** The label that equal classes share. */
  String label() {
    return ClassNames.label(className);
  }
}
