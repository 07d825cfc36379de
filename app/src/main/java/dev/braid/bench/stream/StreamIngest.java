package dev.braid.bench.stream;

import dev.braid.driver.Ingest;
import dev.braid.driver.Request;
import dev.braid.driver.strategy.StreamTask;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Ingests the pictures of a stream's tasks and computes their prototypes, both once. */
public final class StreamIngest {
  private final Ingest ingest;
  private final PrototypeJob prototypes;

  public StreamIngest(JavaSparkContext spark, ModelStore store, ProgressListener progressListener) {
    this.ingest = new Ingest(spark, store, progressListener);
    this.prototypes = new PrototypeJob(spark, store.location());
  }

  /**
   * A task in the inbox.
   *
   * @param adapters settings of its training in strategies that train adapters
   */
  public record StreamRequest(Request request, TrainSettings adapters) {}

  /** The tasks, ready to be learned, in the same order. */
  public List<StreamTask> run(List<StreamRequest> streamRequests) {
    return streamRequests.stream().map(this::ingest).toList();
  }

  private StreamTask ingest(StreamRequest streamRequest) {
    Request request = streamRequest.request();
    Digest dataset = ingest.run(request);
    return new StreamTask(
        request.task(),
        ingest.content(dataset).classNames(),
        request.templates(),
        dataset,
        prototypes.run(request.task(), dataset, request.templates()),
        request.pictures(),
        request.training(),
        streamRequest.adapters(),
        request.rounds());
  }
}
