package dev.braid.jobs.stage;

import dev.braid.model.LineId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up the core time of a line's Spark tasks by stage, such as "train". */
public final class StageSeconds extends SparkListener {
  /*
   * Spark calls it in one thread, and others read the sums. A stage is forgotten by nothing but the
   * end of the run: it has a few thousand at most.
   */
  private static final String TAGS = "spark.job.tags";
  private static final String STAGE_TAG = "braid-stage-";

  private final String lineTag;
  private final Map<Integer, String> kinds = new ConcurrentHashMap<>();
  private final Map<String, Double> seconds = new ConcurrentHashMap<>();

  /** Counts from now on, once it is added to a Spark context. */
  public StageSeconds(LineId line) {
    this.lineTag = JobTags.ofLine(line);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    if (submitted.properties() == null) {
      return;
    }
    String tags = submitted.properties().getProperty(TAGS, "");
    String kind = "";
    boolean isOfLine = false;
    for (String tag : tags.split(",", -1)) {
      isOfLine |= tag.equals(lineTag);
      kind = tag.startsWith(STAGE_TAG) ? tag.substring(STAGE_TAG.length()) : kind;
    }
    if (isOfLine && !kind.isEmpty()) {
      kinds.put(submitted.stageInfo().stageId(), kind);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    String kind = kinds.get(end.stageId());
    if (kind != null) {
      seconds.merge(kind, end.taskInfo().duration() / 1000.0, Double::sum);
    }
  }

  /** Core time by stage so far. */
  public SortedMap<String, Double> soFar() {
    return new TreeMap<>(seconds);
  }
}
