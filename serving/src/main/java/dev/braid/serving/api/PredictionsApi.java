package dev.braid.serving.api;

import dev.braid.inference.classify.Prediction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One picture in, its most probable labels out. */
final class PredictionsApi {
  private final Classification classification;
  private final Limits limits;

  PredictionsApi(Classification classification, Limits limits) {
    this.classification = classification;
    this.limits = limits;
  }

  Route route() {
    return Route.post("/predictions/{line}", Route.Body.PICTURE, this::answer);
  }

  private CompletableFuture<Reply> answer(Incoming request) {
    Query query =
        Query.of(
            request.query(),
            limits,
            Query.TASK,
            Query.CLASSES,
            Query.TOP,
            Query.VERSION,
            Query.DETAIL);
    boolean detail = query.detail();
    Question question =
        new Question(
            request.inPath("line").orElseThrow(),
            query.version(),
            query.candidates(),
            query.labels(),
            List.of(request.body()));
    return classification.answer(
        question,
        answers -> {
          Prediction.Answered answer = answers.predictions().get(0);
          return Reply.json(
              detail
                  ? PredictionJson.detail(answers.version(), answer)
                  : PredictionJson.labels(answer));
        });
  }
}
