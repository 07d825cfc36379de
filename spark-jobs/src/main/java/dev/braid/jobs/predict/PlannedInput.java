package dev.braid.jobs.predict;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** An input that was listed and cut into parts; the same input is always cut in the same way. */
interface PlannedInput {
  /** The columns that the output keeps; rows begin with them. */
  List<StructField> kept();

  /** Where the rows have their pictures. */
  PictureCell pictures();

  /** The number of parts. */
  int parts();

  /** A text that differs if the files of the input do. */
  String listing();

  /** The rows of a part, classified. */
  JavaRDD<Row> predict(int part, PredictRows work);
}
