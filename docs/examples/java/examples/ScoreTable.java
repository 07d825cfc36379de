package examples;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.LineId;
import dev.braid.store.StoreLocation;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Adds a column with labels to a table of pictures, by a function for SQL and data frames. */
public final class ScoreTable {
  /** Arguments: a store, a Parquet table with a binary column "image", and the output. */
  public static void main(String[] arguments) throws Exception {
    try (SparkSession session = SparkSession.builder().appName("score").getOrCreate()) {
      session.udf().register("braid_label", new Label(arguments[0]), DataTypes.StringType);
      session
          .read()
          .parquet(arguments[1])
          .withColumn("label", callUDF("braid_label", col("image")))
          .drop("image")
          .write()
          .parquet(arguments[2]);
    }
  }

  /** The label of a picture; null if it cannot be decoded. Each executor opens the model once. */
  private record Label(String store) implements UDF1<byte[], String> {
    @Override
    public String call(byte[] picture) {
      Prediction prediction = Opened.classifier(store).classify(picture);
      return prediction instanceof Prediction.Answered answered ? answered.label().name() : null;
    }
  }

  /** The model of this JVM, which lives as long as the executor. */
  private static final class Opened {
    private static PictureClassifier classifier;

    static synchronized PictureClassifier classifier(String store) {
      if (classifier == null) {
        BraidModel model = BraidModel.open(StoreLocation.of(store));
        classifier = model.head(LineId.MAIN).classifier().build();
      }
      return classifier;
    }
  }
}
