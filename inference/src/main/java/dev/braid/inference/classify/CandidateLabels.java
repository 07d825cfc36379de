package dev.braid.inference.classify;

import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How answers are told: the number of labels, and whose classes they are.
 *
 * @param areFree whether the candidates belong to no task
 */
record CandidateLabels(int topK, boolean areFree) {
  /**
   * The task of a label.
   *
   * @param owner whose class it is, if the candidates belong to tasks
   * @param main the most probable task of the picture
   */
  Optional<TaskId> task(TaskId owner, Optional<TaskId> main) {
    return areFree ? main : Optional.of(owner);
  }

  /**
   * One prediction for each picture of a request.
   *
   * @param answered of those that could be decoded
   */
  List<Prediction> inOrder(int pictures, DecodedPictures decoded, List<Prediction> answered) {
    List<Prediction> all = new ArrayList<>();
    int next = 0;
    for (int row = 0; row < pictures; row++) {
      String error = decoded.errors().get(row);
      all.add(error == null ? answered.get(next++) : new Prediction.Undecodable(error));
    }
    return all;
  }
}
