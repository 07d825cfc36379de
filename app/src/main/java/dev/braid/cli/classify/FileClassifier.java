package dev.braid.cli.classify;

import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.jobs.predict.PredictSettings;
import dev.braid.jobs.source.PictureFile;
import dev.braid.jobs.source.UnreadablePictureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Classifies files in the groups in which a prediction does, so that the answers have the same
 * bits.
 *
 * @param settings the number of pictures of a group and the largest number of their bytes
 */
record FileClassifier(PictureClassifier classifier, PredictSettings settings) {
  /** Hands on each file with its prediction, in order, as soon as its group is classified. */
  void classify(List<String> files, Consumer<ClassifiedFile> sink) {
    Iterator<String> left = files.iterator();
    while (left.hasNext()) {
      next(left).forEach(sink);
    }
  }

  private List<ClassifiedFile> next(Iterator<String> left) {
    List<String> group = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    Map<Integer, String> errors = new TreeMap<>();
    long bytes = 0;
    while (left.hasNext() && group.size() < settings.batch() && bytes < settings.batchBytes()) {
      String file = left.next();
      try {
        byte[] picture = PictureFile.read(Path.of(file).toAbsolutePath().toString(), Map.of());
        pictures.add(picture);
        bytes += picture.length;
      } catch (UnreadablePictureException e) {
        errors.put(group.size(), String.valueOf(e.getMessage()));
      }
      group.add(file);
    }
    Iterator<Prediction> answers = classifier.classify(pictures).iterator();
    List<ClassifiedFile> classified = new ArrayList<>();
    for (int place = 0; place < group.size(); place++) {
      String error = errors.get(place);
      classified.add(
          new ClassifiedFile(
              group.get(place),
              error == null ? answers.next() : new Prediction.Undecodable(error)));
    }
    return classified;
  }
}
