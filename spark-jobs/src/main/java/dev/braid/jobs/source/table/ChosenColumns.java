package dev.braid.jobs.source.table;

import static org.apache.spark.sql.functions.col;

import dev.braid.jobs.source.RefusedDatasetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table that a task needs, found in its schema.
 *
 * @param picture bytes, or a path
 * @param arePaths whether it has paths
 * @param label its field: a string, or an integer
 */
record ChosenColumns(
    Column picture, boolean arePaths, StructField label, Optional<StructField> split) {
  private static final String LABEL = "label";
  private static final String SPLIT = "split";

  /**
   * Finds the columns.
   *
   * @throws RefusedDatasetException if the table lacks one, or it is of a type that cannot be used
   */
  static ChosenColumns of(OpenTable table, StructType schema, TableColumns wanted) {
    Finder finder = new Finder(table.name(), schema);
    StructField image =
        wanted
            .image()
            .map(name -> finder.field(name, "images", "image"))
            .orElseGet(() -> finder.first(table.usualImages()));
    StructField label = finder.field(wanted.label().orElse(LABEL), "labels", "label");
    finder.check(
        label, isText(label.dataType()) || isWhole(label.dataType()), "a string or an integer");
    Optional<StructField> split =
        wanted
            .split()
            .map(name -> finder.field(name, "splits", "split"))
            .or(() -> finder.find(SPLIT).filter(field -> isText(field.dataType())));
    split.ifPresent(field -> finder.check(field, isText(field.dataType()), "a string"));
    return new ChosenColumns(finder.picture(image), isText(image.dataType()), label, split);
  }

  /** Whether these columns of another part of the table can be read in the same way. */
  boolean isLike(ChosenColumns other) {
    return arePaths == other.arePaths
        && areNumbers() == other.areNumbers()
        && split.isPresent() == other.split.isPresent();
  }

  /** Whether labels are numbers. */
  boolean areNumbers() {
    return isWhole(label.dataType());
  }

  /** The column of a field. */
  static Column column(StructField field) {
    return col("`" + field.name().replace("`", "``") + "`");
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private record Finder(String table, StructType schema) {
    StructField field(String name, String what, String key) {
      return find(name)
          .orElseThrow(
              () ->
                  new RefusedDatasetException(
                      "Cannot read pictures from %s: it has no column '%s' for the %s (it has %s;"
                          + " columns.%s of the task names it)",
                      table, name, what, names(), key));
    }

    StructField first(List<String> usual) {
      return usual.stream()
          .flatMap(name -> find(name).stream())
          .findFirst()
          .orElseThrow(
              () ->
                  new RefusedDatasetException(
                      "Cannot read pictures from %s: it has no column %s for the images (it has %s;"
                          + " columns.image of the task names it)",
                      table, String.join(" or ", usual), names()));
    }

    Optional<StructField> find(String name) {
      return find(schema, name);
    }

    private static Optional<StructField> find(StructType struct, String name) {
      return Arrays.stream(struct.fields()).filter(f -> f.name().equals(name)).findFirst();
    }

    Column picture(StructField image) {
      if (image.dataType() instanceof StructType struct) {
        boolean hasBytes =
            find(struct, "bytes").filter(f -> f.dataType() instanceof BinaryType).isPresent();
        check(image, hasBytes, "binary, a path, or a struct with a binary field 'bytes'");
        return column(image).getField("bytes");
      }
      check(
          image,
          image.dataType() instanceof BinaryType || isText(image.dataType()),
          "binary, a path, or a struct with a binary field 'bytes'");
      return column(image);
    }

    void check(StructField field, boolean fits, String expected) {
      if (!fits) {
        throw new RefusedDatasetException(
            "Cannot read pictures from %s: its column '%s' is of type %s (%s)",
            table, field.name(), field.dataType().simpleString(), expected);
      }
    }

    private String names() {
      return String.join(", ", schema.fieldNames());
    }
  }
}
