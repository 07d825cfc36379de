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
 */
public record SourceRows(List<String> classNames, JavaRDD<SourceRow> rows) {
  public SourceRows {
    classNames = List.copyOf(classNames);
  }
}
