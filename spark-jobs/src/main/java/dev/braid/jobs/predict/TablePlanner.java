package dev.braid.jobs.predict;

import static org.apache.spark.sql.functions.col;

import dev.braid.jobs.source.VisibleFiles;
import dev.braid.jobs.source.table.TableSession;
import dev.braid.model.Check;
import dev.braid.store.file.FileEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Plans the prediction of a table's pictures. */
final class TablePlanner {
  /** The prefix of a kept column whose name the output needs itself. */
  private static final String PREFIX = "input_";

  /** The column of the output's parts. */
  private static final String PART = "part";

  private final PredictSettings settings;

  TablePlanner(PredictSettings settings) {
    this.settings = settings;
  }

  PlannedInput plan(PredictInput.Table table, VisibleFiles visible) {
    List<FileEntry> files = visible.parquet();
    SparkSession session = TableSession.open();
    StructType schema = session.read().parquet(TableSession.literal(table.root())).schema();
    Map<String, StructField> kept = kept(table, schema);
    List<Column> columns = new ArrayList<>();
    kept.forEach((name, field) -> columns.add(col(quoted(field.name())).as(name)));
    columns.add(picture(table, schema).as("the picture"));
    List<StructField> fields = new ArrayList<>();
    kept.forEach(
        (name, field) ->
            fields.add(new StructField(name, field.dataType(), true, field.metadata())));
    return new PlannedTable(
        session,
        parts(visible, files),
        visible.isFile() ? Optional.empty() : Optional.of(visible.place().path()),
        schema,
        columns,
        fields,
        InputPlanner.listing(files));
  }

  private static Column picture(PredictInput.Table table, StructType schema) {
    String name = table.imageColumn();
    StructField field =
        find(schema, name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot predict %s: it has no column '%s' (it has %s; --image-column names the pictures')"
                            .formatted(
                                table.root(), name, String.join(", ", schema.fieldNames()))));
    if (field.dataType() instanceof StructType struct) {
      Check.argument(
          find(struct, "bytes").filter(TablePlanner::isBinary).isPresent(),
          "Cannot predict %s: its column '%s' is a struct without a binary field 'bytes'",
          table.root(),
          name);
      return col(quoted(name)).getField("bytes");
    }
    Check.argument(
        isBinary(field),
        "Cannot predict %s: its column '%s' is of type %s (binary, or a struct with a binary field"
            + " 'bytes')",
        table.root(),
        name,
        field.dataType().simpleString());
    return col(quoted(name));
  }

  private static boolean isBinary(StructField field) {
    return field.dataType() instanceof BinaryType;
  }

  private static Optional<StructField> find(StructType struct, String name) {
    return Arrays.stream(struct.fields()).filter(field -> field.name().equals(name)).findFirst();
  }

  /** The kept columns by their names in the output. */
  private static Map<String, StructField> kept(PredictInput.Table table, StructType schema) {
    List<String> names =
        table
            .keep()
            .orElseGet(
                () ->
                    Arrays.stream(schema.fieldNames())
                        .filter(name -> !name.equals(table.imageColumn()))
                        .toList());
    Set<String> taken = new TreeSet<>(OutputRows.names());
    taken.add(PART);
    Map<String, StructField> kept = new LinkedHashMap<>();
    for (String name : names) {
      StructField field =
          find(schema, name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Cannot predict %s: it has no column '%s' to keep (it has %s)"
                              .formatted(
                                  table.root(), name, String.join(", ", schema.fieldNames()))));
      String free = taken.contains(name.toLowerCase(Locale.ROOT)) ? PREFIX + name : name;
      Check.argument(
          taken.add(free.toLowerCase(Locale.ROOT)),
          "Cannot predict %s: the output would have two columns '%s' (--keep chooses columns)",
          table.root(),
          free);
      kept.put(free, field);
    }
    return kept;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Adjacent files, until a part has enough bytes. */
  private List<List<String>> parts(VisibleFiles visible, List<FileEntry> files) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    long bytes = 0;
    for (FileEntry file : files) {
      part.add(TableSession.literal(visible.path(file)));
      bytes += file.bytes();
      if (bytes >= settings.bytesPerPart()) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
