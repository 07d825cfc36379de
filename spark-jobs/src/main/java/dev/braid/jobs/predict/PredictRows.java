package dev.braid.jobs.predict;

import dev.braid.inference.classify.PictureClassifier;
import dev.braid.jobs.source.UnreadablePictureException;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Classifies the pictures of a task's rows, batch by batch: one output row for each row, in order.
 */
record PredictRows(
    StoreLocation store,
    PredictedModel model,
    PredictSettings settings,
    PictureCell pictures,
    OutputRows outputRows,
    CountsAccumulator counts)
    implements FlatMapFunction<Iterator<Row>, Row> {
  /**
   * A row and its picture.
   *
   * @param error why it has none; empty if it has one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Read(Row row, byte[] picture, Optional<String> error) {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Batches(rows, this);
  }

  private List<Row> predict(List<Read> batch) {
    PictureClassifier classifier =
        ExecutorClassifiers.of(store, AssignedDevice.ofTask(), settings.openExperts(), model);
    List<byte[]> readable =
        batch.stream().filter(each -> each.error().isEmpty()).map(Read::picture).toList();
    OutputRows.Batch out = outputRows.of(batch, classifier.classify(readable));
    counts.add(out.counts());
    return out.rows();
  }

  private Read read(Row row) {
    try {
      return new Read(row, pictures.of(row), Optional.empty());
    } catch (UnreadablePictureException e) {
      return new Read(row, new byte[0], Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Cuts rows into batches that fit into memory, each classified when its first row is needed. */
  private static final class Batches implements Iterator<Row> {
    private final Iterator<Row> in;
    private final PredictRows work;
    private Iterator<Row> out = List.<Row>of().iterator();

    Batches(Iterator<Row> in, PredictRows work) {
      this.in = in;
      this.work = work;
    }

    @Override
    public boolean hasNext() {
      if (!out.hasNext() && in.hasNext()) {
        out = work.predict(batch()).iterator();
      }
      return out.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return out.next();
    }

    private List<Read> batch() {
      List<Read> batch = new ArrayList<>();
      long bytes = 0;
      while (in.hasNext()
          && batch.size() < work.settings.batch()
          && bytes < work.settings.batchBytes()) {
        Read read = work.read(in.next());
        bytes += read.picture().length;
        batch.add(read);
      }
      return batch;
    }
  }
}
