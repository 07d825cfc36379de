package dev.braid.jobs.source;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * An opened source.
 *
 * <p>An action on the rows throws {@link RefusedDatasetException} if the source turns out to be
 * none that can become a data set.
 *
 * @param classNames by label
 * @param rows read on executors, one picture after the other
 * @param remarks clauses about what the source holds besides, such as "2 other entries (…)"
 * @param again reads a row's file a second time, on the driver
 */
public record SourceRows(
    List<String> classNames, JavaRDD<SourceRow> rows, List<String> remarks, PictureReading again) {
  public SourceRows {
    classNames = List.copyOf(classNames);
    remarks = List.copyOf(remarks);
  }
}
