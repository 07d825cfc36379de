package dev.braid.jobs.source.table;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.IngestSummary;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Small tables, and what an ingest says of them. */
abstract class TableFixture {
  static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  /** A row with a distinct picture. */
  static Row row(int number, Object label) {
    return RowFactory.create(
        RowFactory.create(Pictures.png(number), number + ".png"), label, number);
  }

  /** Rows with distinct pictures and these labels in turn. */
  static List<Row> rows(int count, Object... labels) {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      rows.add(row(number, labels[number % labels.length]));
    }
    return rows;
  }

  /** A table with the columns image, label and number. */
  static Dataset<Row> table(List<Row> rows, DataType label) {
    return session.createDataFrame(
        rows,
        new StructType().add("image", SavedTables.IMAGE).add("label", label).add("number", "int"));
  }

  /** Saves a table as one Parquet file. */
  Path save(String file, Dataset<Row> table) throws IOException {
    return SavedTables.write(table, folder.resolve(file));
  }

  /** Writes pictures with these names into the test's folder, and a list beside them. */
  Path list(String file, String text, String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), Pictures.png(name.hashCode()));
    }
    return Files.writeString(folder.resolve(file), text);
  }

  static PictureSource at(Path path) {
    return at(path, TableColumns.USUAL);
  }

  static PictureSource at(Path path, TableColumns columns) {
    return new PictureFiles(
        path.toString(),
        ImageFolder.Depth.DIRECT,
        columns,
        new ImageFolder.ClassNames.Found(),
        AllowedRoots.NAMED);
  }

  static PictureSource at(Path path, Path classNames) {
    return new PictureFiles(
        path.toString(),
        ImageFolder.Depth.DIRECT,
        TableColumns.USUAL,
        new ImageFolder.ClassNames.Listed(classNames.toString()),
        AllowedRoots.NAMED);
  }

  static TableColumns columns(String image, String label) {
    return new TableColumns(
        Optional.of(image), Optional.of(label), Optional.empty(), Optional.empty());
  }

  static TableColumns filter(String condition) {
    return new TableColumns(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(condition));
  }

  IngestSummary look(PictureSource source) throws IOException {
    return new IngestJob(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            StoreLocation.of(folder.resolve("store").toString()))
        .look(new IngestRequest(source, 3), anyNames -> {});
  }
}
