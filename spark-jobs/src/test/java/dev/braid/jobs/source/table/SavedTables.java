package dev.braid.jobs.source.table;

import dev.braid.jobs.source.LabelledPicture;
import dev.braid.jobs.source.PictureSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes tables of pictures as Spark and Hugging Face write them. */
final class SavedTables {
  static final StructType IMAGE =
      new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);

  private SavedTables() {}

  /** A table with the columns image, label (the class's name) and split. */
  static Dataset<Row> table(SparkSession session, List<LabelledPicture> pictures) {
    StructType schema =
        new StructType()
            .add("image", IMAGE)
            .add("label", DataTypes.StringType)
            .add("part", DataTypes.StringType);
    List<Row> rows =
        pictures.stream()
            .map(
                picture ->
                    RowFactory.create(
                        RowFactory.create(picture.encoded(), picture.number() + ".png"),
                        picture.className(),
                        picture.split().name()))
            .toList();
    return session.createDataFrame(new ArrayList<>(rows), schema);
  }

  /** Writes one Parquet file. */
  static Path write(Dataset<Row> table, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.move(written(table), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path written(Dataset<Row> table) throws IOException {
    Path folder = Files.createTempDirectory("table");
    table.coalesce(1).write().mode("overwrite").parquet(folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Prepares to rewrite a file with another picture in a row. */
  static PictureSourceContract.Change overwriting(
      SparkSession session, Path file, int row, byte[] encoded) throws IOException {
    Dataset<Row> before = session.read().parquet(file.toString());
    List<Row> rows = new ArrayList<>(before.collectAsList());
    Object[] values = new Object[rows.get(row).size()];
    Arrays.setAll(values, column -> rows.get(row).get(column));
    values[0] = RowFactory.create(encoded, "other.png");
    rows.set(row, RowFactory.create(values));
    Path changed = written(session.createDataFrame(rows, before.schema()));
    return () -> {
      if (Files.exists(changed)) {
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
      }
    };
  }
}
