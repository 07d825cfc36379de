package dev.braid.jobs.predict;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The files of a table, cut into parts.
 *
 * @param files the paths of each part's files
 * @param basePath the folder below which folders are partition columns
 * @param columns the kept columns under their names in the output, then the picture
 */
record PlannedTable(
    SparkSession session,
    List<List<String>> files,
    Optional<String> basePath,
    StructType schema,
    List<Column> columns,
    List<StructField> kept,
    String listing)
    implements PlannedInput {
  @Override
  public PictureCell pictures() {
    return new PictureCell.Bytes(kept.size());
  }

  @Override
  public int parts() {
    return files.size();
  }

  @Override
  public JavaRDD<Row> predict(int part, PredictRows work) {
    DataFrameReader reader = session.read().schema(schema);
    basePath.ifPresent(folder -> reader.option("basePath", folder));
    return reader
        .parquet(files.get(part).toArray(String[]::new))
        .select(columns.toArray(Column[]::new))
        .javaRDD()
        .mapPartitions(work);
  }
}
