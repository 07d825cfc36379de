package dev.braid.jobs.source.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.IngestSummary;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.model.record.DatasetRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in Parquet files as people have them, and the refusals of those that cannot be used. */
class ParquetPicturesTest extends TableFixture {
  private static final String FEATURES =
      """
      {"info": {"features": {"image": {"_type": "Image"},
        "label": {"names": ["zebra", "ape_man"], "_type": "ClassLabel"}}}}
      """;

  @Test
  void classNames_inTheFooter_haveTheOrderOfTheirLabels() throws IOException {
    saveWithFooter("train.parquet", FEATURES, 12);

    assertThat(look(at(folder)).classNames()).containsExactly("zebra", "ape_man");
  }

  @Test
  void classNames_thatDifferBetweenFooters_areRefused() throws IOException {
    saveWithFooter("train.parquet", FEATURES, 12);
    saveWithFooter("test.parquet", FEATURES.replace("zebra", "zebu"), 4);

    refused(at(folder), "the footers of its files name different classes");
  }

  @Test
  void folderOfClasses_withAFilter_isRefused() throws IOException {
    Pictures.fill(folder.resolve("cat"), 3, 0);
    Pictures.fill(folder.resolve("dog"), 3, 10);

    refused(at(folder, filter("year = 2026")), "columns and a filter are for tables and lists");
  }

  @Test
  void fileThatLeadsOutOfItsFolder_isRefused(@TempDir Path elsewhere) throws IOException {
    Path secret =
        SavedTables.write(
            table(rows(12, "cat", "dog"), DataTypes.StringType), elsewhere.resolve("x.parquet"));
    Files.createSymbolicLink(folder.resolve("x.parquet"), secret);

    refused(at(folder), "lies in none of the folders that may be read");
  }

  @Test
  void footer_thatIsNotJson_isRefusedByItsKey() throws IOException {
    saveWithFooter("train.parquet", "{", 12);

    refused(at(folder), "the entry 'huggingface' in the footer of ");
  }

  @Test
  void classNames_inTheCard_haveTheOrderOfTheirLabels() throws IOException {
    save("data/train-00000-of-00001.parquet", table(rows(12, 0L, 1L), DataTypes.LongType));
    Files.writeString(
        folder.resolve("README.md"),
        """
        ---
        dataset_info:
          features:
          - name: image
            dtype: image
          - name: label
            dtype:
              class_label:
                names:
                  '1': ape_man
                  '0': zebra
        ---
        # A card
        """);

    assertThat(look(at(folder)).classNames()).containsExactly("zebra", "ape_man");
  }

  @Test
  void numbers_withoutNames_areRefused() throws IOException {
    save("train.parquet", table(rows(12, 0L, 1L), DataTypes.LongType));

    refused(at(folder), "its column 'label' has numbers, and nothing says which classes they are");
  }

  @Test
  void numbers_withAFileOfNames_areTheirLines() throws IOException {
    Path file = save("train.parquet", table(rows(12, 0, 1), DataTypes.IntegerType));
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");

    assertThat(look(at(file, names)).classNames()).containsExactly("cat", "dog");
  }

  @Test
  void splits_areTakenFromTheFilesNames() throws IOException {
    List<Row> all = rows(60, "cat", "dog");
    save("data/train-00000-of-00002.parquet", table(all.subList(0, 20), DataTypes.StringType));
    save("data/train-00001-of-00002.parquet", table(all.subList(20, 40), DataTypes.StringType));
    save(
        "data/validation-00000-of-00001.parquet", table(all.subList(40, 46), DataTypes.StringType));
    save("data/test-00000-of-00001.parquet", table(all.subList(46, 60), DataTypes.StringType));

    assertThat(look(at(folder)).rows()).isEqualTo(new DatasetRecord.Rows(40, 6, 14));
  }

  @Test
  void validation_withoutTest_isTheTestSet() throws IOException {
    List<Row> all = rows(60, "cat", "dog");
    save("train.parquet", table(all.subList(0, 40), DataTypes.StringType));
    save("validation.parquet", table(all.subList(40, 60), DataTypes.StringType));

    assertThat(look(at(folder)).rows()).isEqualTo(new DatasetRecord.Rows(36, 4, 20));
  }

  @Test
  void file_thatNamesNoSplitBesideOthers_isRefused() throws IOException {
    save("train.parquet", table(rows(12, "cat", "dog"), DataTypes.StringType));
    save("more.parquet", table(rows(12, "cat", "dog"), DataTypes.StringType));

    refused(at(folder), "more.parquet tells no split, and others do");
  }

  @Test
  void filter_takesTheRowsThatSatisfyIt() throws IOException {
    save("rows.parquet", table(rows(40, "cat", "dog"), DataTypes.StringType));

    assertThat(look(at(folder, filter("number < 20"))).rows())
        .isEqualTo(new DatasetRecord.Rows(14, 2, 4));
    refused(at(folder, filter("number <")), "PARSE_SYNTAX_ERROR");
    refused(at(folder, filter("nothing = 1")), "UNRESOLVED_COLUMN");
    refused(at(folder, filter("number < 0")), "no class (at least two classes)");
  }

  @Test
  void rows_thatCannotBeUsed_areLeftOutAndNamed() throws IOException {
    List<Row> rows = new ArrayList<>(rows(120, "cat", "dog"));
    rows.add(RowFactory.create(null, "cat", 120));
    rows.add(RowFactory.create(RowFactory.create(null, "x.png"), "cat", 121));
    rows.add(RowFactory.create(RowFactory.create(new byte[0], "x.png"), "cat", 122));
    rows.add(RowFactory.create(RowFactory.create(Pictures.png(123), "x.png"), null, 123));
    save("rows.parquet", table(rows, DataTypes.StringType));

    IngestSummary summary = look(at(folder));

    assertThat(summary.rows().total()).isEqualTo(120);
    assertThat(summary.leftOut())
        .hasSize(4)
        .contains("rows.parquet row 120: it has no picture")
        .contains("rows.parquet row 123: it has no label");
  }

  @Test
  void badRows_amongAThousand_areReportedRowByRow() throws IOException {
    List<Row> rows = new ArrayList<>(rows(1_000, "cat", "dog"));
    List<String> expected = new ArrayList<>();
    for (int row = 5; row < 1_000; row += 32) { // 32 of them
      switch (row % 3) {
        case 0 -> {
          rows.set(row, RowFactory.create(null, "cat", row));
          expected.add("rows.parquet row %s: it has no picture".formatted(row));
        }
        case 1 -> {
          Row picture = RowFactory.create(Pictures.png(row), "x.png");
          rows.set(row, RowFactory.create(picture, null, row));
          expected.add("rows.parquet row %s: it has no label".formatted(row));
        }
        default -> {
          byte[] text = ("no picture " + row).getBytes(UTF_8);
          rows.set(row, RowFactory.create(RowFactory.create(text, "x.png"), "dog", row));
          expected.add(
              "rows.parquet row %s: Cannot decode the picture: it is no picture of a known format"
                      .formatted(row)
                  + " (%s bytes)".formatted(text.length));
        }
      }
    }
    save("rows.parquet", table(rows, DataTypes.StringType));

    IngestSummary summary = look(at(folder));

    assertThat(summary.leftOut()).isEqualTo(expected).hasSize(32);
    assertThat(summary.rows().total()).isEqualTo(1_000 - 32);
  }

  @Test
  void labels_outOfRange_areLeftOutWhereTheyAreFew() throws IOException {
    List<Row> rows = new ArrayList<>(rows(100, 0, 1));
    rows.add(row(100, 7));
    rows.add(row(101, -1));
    Path file = save("rows.parquet", table(rows, DataTypes.IntegerType));
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");

    assertThat(look(at(file, names)).leftOut())
        .containsExactly(
            "rows.parquet row 100: its label '7' is none of the 2 classes",
            "rows.parquet row 101: its label '-1' is none of the 2 classes");
  }

  @Test
  void labels_outOfRange_refuseASplitThatHasNoOthers() throws IOException {
    save("train.parquet", table(rows(40, 0, 1), DataTypes.IntegerType));
    save("test.parquet", table(rows(10, -1), DataTypes.IntegerType));
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");

    refused(at(folder, names), "10 of 10 pictures in test cannot be");
  }

  @Test
  void columns_thatAreNotThere_areRefusedWithThoseThatAre() throws IOException {
    save("rows.parquet", table(rows(12, "cat", "dog"), DataTypes.StringType));

    refused(
        at(folder, columns("picture", "label")),
        "no column 'picture' for the images (it has image, label, number;");
    refused(
        at(folder, columns("image", "class")),
        "no column 'class' for the labels (it has image, label, number;");
    refused(
        at(folder, columns("number", "label")),
        "its column 'number' is of type int (binary, a path,");
    refused(
        at(folder, columns("image", "image")),
        "its column 'image' is of type struct<bytes:binary,path:string> (a string or an integer)");
  }

  @Test
  void labels_ofTooManyValues_areRefusedByTheColumn() throws IOException {
    StructType schema = new StructType().add("image", "binary").add("label", "string");
    List<Row> rows = new ArrayList<>();
    byte[] picture = Pictures.png(1);
    for (int number = 0; number <= TableRows.MOST_CLASSES; number++) {
      rows.add(RowFactory.create(picture, "id " + number));
    }
    save("rows.parquet", session.createDataFrame(rows, schema));

    refused(
        at(folder), "its column 'label' has more than 30000 different values; is it the class?");
  }

  @Test
  void table_withoutRows_isRefused() throws IOException {
    save("rows.parquet", table(List.of(), DataTypes.StringType));

    refused(at(folder), "no class (at least two classes)");
  }

  @Test
  void file_thatIsNoParquet_isRefusedByItsName() throws IOException {
    save("train.parquet", table(rows(12, "cat", "dog"), DataTypes.StringType));
    Files.writeString(folder.resolve("train2.parquet"), "no Parquet at all");

    refused(at(folder), "train2.parquet");
  }

  @Test
  void samePictureUnderTwoLabels_isRefused() throws IOException {
    List<Row> rows = new ArrayList<>(rows(12, "cat", "dog"));
    rows.add(row(0, "dog"));
    save("rows.parquet", table(rows, DataTypes.StringType));

    refused(at(folder), "is the same picture as");
  }

  @Test
  void names_withPatternCharacters_meanThemselves() throws IOException {
    Path odd = folder.resolve("a[1]{b}*?");
    save("a[1]{b}*?/rows.parquet", table(rows(12, "cat", "dog"), DataTypes.StringType));

    assertThat(look(at(odd)).rows().total()).isEqualTo(12);
  }

  private void refused(PictureSource source, String part) {
    assertThatThrownBy(() -> look(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(part);
  }

  private void saveWithFooter(String file, String huggingFace, int count) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional group image { optional binary bytes; optional binary path"
                + " (STRING); } optional int64 label; }");
    Map<String, String> footer = new HashMap<>(Map.of("huggingface", huggingFace));
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(folder.resolve(file).toString()))
            .withConf(new Configuration(false))
            .withType(schema)
            .withExtraMetaData(footer)
            .build()) {
      for (int number = 0; number < count; number++) {
        SimpleGroup row = new SimpleGroup(schema);
        row.addGroup("image").append("bytes", Binary.fromConstantByteArray(Pictures.png(number)));
        row.append("label", (long) (number % 2));
        writer.write(row);
      }
    }
  }
}
