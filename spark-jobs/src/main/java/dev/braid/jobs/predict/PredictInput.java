package dev.braid.jobs.predict;

import dev.braid.model.Check;
import java.util.List;
import java.util.Optional;

/** Where pictures to classify come from. */
public sealed interface PredictInput {
  /** Its name in messages. */
  String name();

  /**
   * All files below a folder, without hidden ones; the column {@code path} is relative to it.
   *
   * @param root any absolute Hadoop path
   */
  record FolderTree(String root) implements PredictInput {
    @Override
    public String name() {
      return root;
    }
  }

  /**
   * The files that a text file lists, one a line; the column {@code path} is the line. A relative
   * path is relative to the text file's folder.
   *
   * @param file any absolute Hadoop path
   */
  record PathList(String file) implements PredictInput {
    @Override
    public String name() {
      return file;
    }
  }

  /**
   * A table in Parquet files.
   *
   * @param root a file or a folder: any absolute Hadoop path
   * @param imageColumn the column with the encoded picture: binary, or a struct with a binary field
   *     {@code bytes}, as Hugging Face writes it
   * @param keep the columns that the output keeps; empty for all others
   */
  record Table(String root, String imageColumn, Optional<List<String>> keep)
      implements PredictInput {
    public Table {
      Check.argument(!imageColumn.isBlank(), "Invalid name of the image column: blank");
      keep = keep.map(List::copyOf);
    }

    @Override
    public String name() {
      return root;
    }
  }
}
