package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A source of labelled pictures: the driver lists them, executors read them.
 *
 * <p>A source is an immutable value without state of its own: copies in other JVMs read the same
 * pictures, and each read returns what the source holds at that moment.
 */
public interface PictureSource extends Serializable {
  /** The source's name in messages, such as its path. */
  String name();

  /**
   * Lists the classes and all pictures; equal content gives an equal listing.
   *
   * @param configuration Hadoop's settings for its file systems
   * @throws RefusedDatasetException if the source cannot become a data set
   * @throws IOException if the source cannot be listed now; a later call may succeed
   */
  PictureListing list(Configuration configuration) throws IOException;

  /**
   * Reads the encoded bytes of a listed picture.
   *
   * @param picture the picture's name in the listing
   * @throws RefusedDatasetException if the source may not read it
   * @throws UnreadablePictureException if it cannot be read for a reason that lies in it
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  byte[] read(String picture, Configuration configuration) throws UnreadablePictureException;
}
