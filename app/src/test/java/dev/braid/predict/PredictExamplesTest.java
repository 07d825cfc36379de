package dev.braid.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.stage.SparkSessions;
import examples.ClassifyPictures;
import examples.ScoreTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples in docs/examples do what docs/predict.md says of them. */
class PredictExamplesTest extends PredictFixture {
  private static final String MASTER = "spark.master";

  @AfterEach
  void forgetTheMaster() {
    System.clearProperty(MASTER);
  }

  @Test
  void classifyPictures_ofTwoFiles_printsALineForEach() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.png"), "none");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ClassifyPictures.main(
          new String[] {location.root(), files(COLOURS).get(0).toString(), broken.toString()});
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            label -> assertThat(label).contains(".png: kind-").contains(" %)"),
            error -> assertThat(error).contains("broken.png: Cannot decode the picture: "));
  }

  @Test
  void scoreTable_ofATable_addsTheLabels() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Path file : files(COLOURS)) {
      rows.add(RowFactory.create(file.toString(), Files.readAllBytes(file)));
    }
    StructType columns =
        new StructType().add("path", DataTypes.StringType).add("image", DataTypes.BinaryType);
    String table = folder.resolve("table").toString();
    session.createDataFrame(rows, columns).write().parquet(table);
    session.close();
    System.setProperty(MASTER, "local[2]");

    ScoreTable.main(new String[] {location.root(), table, out()});

    session = SparkSessions.open("local[2]", Map.of());
    List<Row> scored = session.read().parquet(out()).collectAsList();
    assertThat(scored).hasSize(rows.size());
    assertThat(scored)
        .allSatisfy(row -> assertThat(row.<String>getAs("label")).startsWith("kind-"));
  }
}
