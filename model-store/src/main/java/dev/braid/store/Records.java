package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.Score;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Features;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.Publication;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.TaskStatistics;
import dev.braid.store.json.BaseParser;
import dev.braid.store.json.DatasetParser;
import dev.braid.store.json.FeaturesParser;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.PrototypesParser;
import dev.braid.store.json.PublicationParser;
import dev.braid.store.json.StatisticsParser;
import dev.braid.store.json.TaskParser;
import dev.braid.store.json.figures.GateParser;
import dev.braid.store.json.figures.MergeHealthParser;
import dev.braid.store.json.figures.ScoreParser;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.StoredParquet;

/** The records among the objects, each named by the digest of its canonical JSON. */
public final class Records {
  private static final String JSON = "json";

  private final ObjectStore objects;

  public Records(ObjectStore objects) {
    this.objects = objects;
  }

  /** Stores a base's record and returns the base's digest. */
  Digest put(BaseRecord base) {
    return objects.put(BaseParser.toJson(base), JSON);
  }

  /** Stores a task's record. */
  public Digest put(TaskRecord task) {
    return objects.put(TaskParser.toJson(task), JSON);
  }

  /** Stores a model's record and returns the model digest. */
  public Digest put(ModelRecord model) {
    return objects.put(ModelParser.toJson(model), JSON);
  }

  /** Stores a task's prototypes. */
  public Digest put(Prototypes prototypes) {
    return objects.put(PrototypesParser.toJson(prototypes), JSON);
  }

  /** Stores a task's statistics. */
  public Digest put(TaskStatistics statistics) {
    return objects.put(StatisticsParser.toBytes(statistics), StatisticsParser.EXTENSION);
  }

  /** Stores a data set's record: from now on the data set exists. */
  public Digest put(DatasetRecord dataset) {
    return objects.put(DatasetParser.toJson(dataset), JSON);
  }

  /** Stores the record of features. */
  public Digest put(Features features) {
    return objects.put(FeaturesParser.toJson(features), JSON);
  }

  /** Stores a score. */
  public Digest put(Score score) {
    return objects.put(ScoreParser.toJson(score), JSON);
  }

  /** Stores the health of a merge. */
  public Digest put(MergeHealth health) {
    return objects.put(MergeHealthParser.toJson(health), JSON);
  }

  /** Stores the gate's input and its decision. */
  public Digest put(GateInput input, GateResult result) {
    return objects.put(GateParser.toJson(input, result), JSON);
  }

  /** Stores the provenance of versions. */
  public Digest put(Publication publication) {
    return objects.put(PublicationParser.toJson(publication), JSON);
  }

  /** The provenance of this digest. */
  public Publication publication(Digest digest) {
    return PublicationParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The base's record of this digest. */
  BaseRecord base(Digest digest) {
    return BaseParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The task's record of this digest. */
  public TaskRecord task(Digest digest) {
    return TaskParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The model's record of this digest. */
  public ModelRecord model(Digest digest) {
    return ModelParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The prototypes of this digest. */
  public Prototypes prototypes(Digest digest) {
    return PrototypesParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The statistics of this digest. */
  public TaskStatistics statistics(Digest digest) {
    return StatisticsParser.fromBytes(
        objects.read(digest, StatisticsParser.EXTENSION),
        objects.location(digest, StatisticsParser.EXTENSION));
  }

  /** The data set's record of this digest. */
  public DatasetRecord dataset(Digest digest) {
    return DatasetParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** Whether all files of a data set's pictures are in the store. */
  public boolean contains(DatasetRecord dataset) {
    return dataset.files().stream()
        .allMatch(file -> objects.contains(file.digest(), StoredParquet.EXTENSION));
  }

  /** The features of this digest. */
  public Features features(Digest digest) {
    return FeaturesParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The score of this digest. */
  public Score score(Digest digest) {
    return ScoreParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The health of a merge of this digest. */
  public MergeHealth health(Digest digest) {
    return MergeHealthParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** What the gate measured and decided, of this digest. */
  public GateFigures gate(Digest digest) {
    return GateParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  private String location(Digest digest) {
    return objects.location(digest, JSON);
  }
}
