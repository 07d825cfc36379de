package dev.braid.report;

import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Confusion;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.Records;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.Thumbnail;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the pictures of the classes that a model confuses most. */
final class ConfusedPairs {
  private static final int THUMBNAIL_SIDE = 96;

  private final ObjectStore objects;
  private final Records records;
  private final List<TaskRecord> tasks;

  /** For a model that knows these tasks. */
  ConfusedPairs(ObjectStore objects, List<TaskRecord> tasks) {
    this.objects = objects;
    this.records = new Records(objects);
    this.tasks = List.copyOf(tasks);
  }

  private record Found(TaskId task, Confusion confusion) {}

  /**
   * The confusions of the most pictures, those first. Of equally many, the earlier task comes
   * first. Data sets whose pictures are no longer in the store are left out.
   *
   * @param most the largest number of them
   */
  List<ConfusedPair> of(AnswerFigures answers, int most) throws IOException {
    List<Found> worst = new ArrayList<>();
    for (int i = 0; i < answers.tasks().size(); i++) {
      TaskId task = answers.tasks().get(i);
      if (records.contains(dataset(task))) {
        answers.confusions().get(i).forEach(each -> worst.add(new Found(task, each)));
      }
    }
    worst.sort(Comparator.comparingLong(found -> -found.confusion().pictures()));
    List<ConfusedPair> pairs = new ArrayList<>();
    for (Found found : worst.subList(0, Math.min(most, worst.size()))) {
      pairs.add(pair(found));
    }
    return pairs;
  }

  private ConfusedPair pair(Found found) throws IOException {
    Confusion confusion = found.confusion();
    DatasetRecord dataset = dataset(found.task());
    DatasetReader reader = new DatasetReader(objects, dataset);
    int label = record(found.task()).classNames().indexOf(confusion.className());
    long ofClass = reader.labels(Split.TEST).stream().filter(each -> each == label).count();
    return new ConfusedPair(
        found.task(),
        confusion,
        ofClass,
        thumbnail(reader, dataset.rows().start(Split.TEST) + confusion.first()),
        example(confusion.task(), confusion.answer()));
  }

  /** The first training picture of a class. */
  private Optional<String> example(TaskId task, String className) throws IOException {
    DatasetRecord dataset = dataset(task);
    if (!records.contains(dataset)) {
      return Optional.empty();
    }
    DatasetReader reader = new DatasetReader(objects, dataset);
    int row = reader.labels(Split.TRAIN).indexOf(record(task).classNames().indexOf(className));
    return row < 0 ? Optional.empty() : thumbnail(reader, dataset.rows().start(Split.TRAIN) + row);
  }

  private static Optional<String> thumbnail(DatasetReader reader, long row) throws IOException {
    byte[] encoded = reader.rows(row, row + 1).get(0).encoded();
    try {
      byte[] png = Thumbnail.png(RgbImage.decode(encoded), THUMBNAIL_SIDE);
      return Optional.of(Base64.getEncoder().encodeToString(png));
    } catch (UndecodableImageException unreadable) { // the page shows the pair without it
      return Optional.empty();
    }
  }

  private DatasetRecord dataset(TaskId task) {
    return records.dataset(record(task).dataset());
  }

  private TaskRecord record(TaskId task) {
    return tasks.stream().filter(each -> each.task().equals(task)).findFirst().orElseThrow();
  }
}
