package examples;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.LineId;
import dev.braid.store.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Classifies picture files with the newest version of a store, without Spark. */
public final class ClassifyPictures {
  /** Arguments: a store, and picture files. */
  public static void main(String[] arguments) throws Exception {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      pictures.add(Files.readAllBytes(Path.of(arguments[i])));
    }
    try (BraidModel model = BraidModel.open(StoreLocation.of(arguments[0]))) {
      PictureClassifier classifier = model.head(LineId.MAIN).classifier().topK(3).build();
      List<Prediction> predictions = classifier.classify(pictures); // from any number of threads
      for (int i = 0; i < predictions.size(); i++) {
        System.out.println(arguments[i + 1] + ": " + sentence(predictions.get(i)));
      }
    }
  }

  private static String sentence(Prediction prediction) {
    if (prediction instanceof Prediction.Answered answered) {
      Prediction.Label label = answered.label();
      return "%s (%s, %.0f %%)%s"
          .formatted(
              label.name(),
              label.task().map(task -> "of " + task).orElse("of no task"),
              100 * label.probability(),
              answered.isOfNoTask() ? ", unlike anything learned" : "");
    }
    return ((Prediction.Undecodable) prediction).error();
  }
}
