package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;

/** A source of labelled pictures: the driver opens it, executors read its rows. */
public interface PictureSource {
  /** The source's name in messages, such as its path. */
  String name();

  /**
   * Opens the source on the driver: its classes, and its rows, each time they are read as the
   * source has them then. The rows' order and names have no effect on a data set.
   *
   * @param options Hadoop's settings for its file systems
   * @throws RefusedDatasetException if the source cannot become a data set
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   * @throws IOException likewise
   */
  SourceRows open(JavaSparkContext spark, SortedMap<String, String> options) throws IOException;
}
