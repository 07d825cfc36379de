package dev.braid.serving.api;

import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.LineId;
import dev.braid.serving.batch.Batcher;
import dev.braid.serving.metrics.ServerMetrics;
import dev.braid.serving.version.ServedLines;
import dev.braid.serving.version.ServedVersion;
import dev.braid.vlm.image.PictureSize;
import dev.braid.vlm.image.UndecodableImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions with the version of their line that answers when they arrive. */
final class Classification {
  private static final Logger LOG = LoggerFactory.getLogger(Classification.class);

  /** Answers, one for each picture, and the version that gave them. */
  record Answers(ServedVersion version, List<Prediction.Answered> predictions) {}

  private final ServedLines lines;
  private final Batcher batcher;
  private final Limits limits;
  private final ServerMetrics metrics;
  private final Runnable onFailure;

  /**
   * Answers with these lines.
   *
   * @param onFailure called when a version cannot answer, for it may be gone
   */
  Classification(
      ServedLines lines,
      Batcher batcher,
      Limits limits,
      ServerMetrics metrics,
      Runnable onFailure) {
    this.lines = lines;
    this.batcher = batcher;
    this.limits = limits;
    this.metrics = metrics;
    this.onFailure = onFailure;
  }

  /**
   * The reply to a question.
   *
   * @return whoever completes it first spares the pictures that still wait
   */
  CompletableFuture<Reply> answer(Question question, Function<Answers, Reply> toReply) {
    ServedVersion version = version(question);
    for (int i = 0; i < question.pictures().size(); i++) {
      check(question, i);
    }
    PictureClassifier classifier = classifier(version, question);
    CompletableFuture<List<Prediction>> said = batcher.submit(classifier, question.pictures());
    CompletableFuture<Reply> reply =
        said.handle(
            (predictions, failure) -> {
              if (failure != null) {
                throw failed(version, failure);
              }
              Answers answers = new Answers(version, answered(Objects.requireNonNull(predictions)));
              metrics.pictures(version.line().name(), answers.predictions().size());
              return toReply.apply(answers);
            });
    var unused = reply.whenComplete((done, failure) -> cancel(said, failure));
    return reply;
  }

  /** A reply that failed before its pictures were answered: its time is over. */
  private static void cancel(
      CompletableFuture<List<Prediction>> said, @Nullable Throwable failure) {
    if (failure != null) {
      said.completeExceptionally(failure);
    }
  }

  private ServedVersion version(Question question) {
    LineId line = question.lineId();
    if (!lines.isReady() && lines.current(line).isEmpty()) {
      throw new RefusedRequestException(503, "The server is not ready yet (try again)");
    }
    if (question.version().isEmpty()) {
      return lines
          .current(line)
          .orElseThrow(() -> new RefusedRequestException(404, "There is no such line"));
    }
    try {
      return lines.version(line, question.version().getAsInt());
    } catch (IllegalArgumentException e) {
      if (!lines.isReady()) {
        throw unreadable(e);
      }
      throw new RefusedRequestException(404, "There is no such version of the line");
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Refuses a picture that is too large or none, before it waits. */
  private void check(Question question, int index) {
    String which = question.pictures().size() == 1 ? "the picture" : "picture " + index;
    try {
      PictureSize size = PictureSize.of(question.pictures().get(index));
      if (size.pixels() > limits.pixels()) {
        throw new RefusedRequestException(
            413,
            "Cannot answer: %s has %s x %s pixels (at most %s)"
                .formatted(which, size.width(), size.height(), limits.pixels()));
      }
    } catch (UndecodableImageException e) {
      throw undecodable(which, String.valueOf(e.getMessage()));
    }
  }

  private static RefusedRequestException undecodable(String which, String why) {
    return RefusedRequestException.invalid("%s", why.replace("the picture", which));
  }

  private PictureClassifier classifier(ServedVersion version, Question question) {
    try {
      version.check(question.candidates());
    } catch (IllegalArgumentException e) {
      throw RefusedRequestException.invalid("%s", String.valueOf(e.getMessage()));
    }
    try {
      return version.classifier(question.candidates(), question.labels());
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private static List<Prediction.Answered> answered(List<Prediction> predictions) {
    List<Prediction.Answered> answered = new ArrayList<>();
    for (Prediction prediction : predictions) {
      if (prediction instanceof Prediction.Undecodable broken) {
        String which = predictions.size() == 1 ? "the picture" : "picture " + answered.size();
        throw undecodable(which, broken.error());
      }
      answered.add((Prediction.Answered) prediction);
    }
    return answered;
  }

  private RuntimeException failed(ServedVersion version, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RefusedRequestException refused) {
      return refused;
    }
    LOG.warn(
        "Version {} of line {} cannot answer ({})",
        version.number(),
        version.line(),
        cause.getClass().getSimpleName());
    return unreadable(cause);
  }

  private RefusedRequestException unreadable(Throwable cause) {
    LOG.debug("Cannot answer", cause);
    onFailure.run();
    return new RefusedRequestException(503, "The version cannot answer now (try again)");
  }
}
