package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's UI and event log show of a run. */
final class JobNamesTest extends PipelineFixture {
  @Test
  void run_ofTwoTasks_namesTaskStageAndRoundInItsJobsAndStages() throws Exception {
    Set<String> descriptions = new ConcurrentSkipListSet<>();
    Set<String> groups = new ConcurrentSkipListSet<>();
    Set<String> stages = new ConcurrentSkipListSet<>();
    SparkListener watching =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            descriptions.add(job.properties().getProperty("spark.job.description"));
            groups.add(job.properties().getProperty("spark.jobGroup.id"));
            CollectionConverters.asJava(job.stageInfos())
                .forEach(stage -> stages.add(stage.name()));
          }
        };
    session.sparkContext().addSparkListener(watching);
    try {
      assertThat(learned(run())).isEqualTo(TASKS);
      session.sparkContext().listenerBus().waitUntilEmpty(30_000);
    } finally {
      session.sparkContext().removeSparkListener(watching);
    }

    assertThat(descriptions)
        .contains(
            "inspect pictures of stripes",
            "write pictures of stripes",
            "train stripes, round 1 of 2",
            "train stripes, round 2 of 2",
            "train stripes, delta",
            "encode pictures for stripes, 1 model",
            "encode prompts of stripes",
            "statistics for stripes",
            "merge stripes",
            "rule of 2 tasks for stripes",
            "evaluate 2 tasks for stripes, validation pictures");
    assertThat(groups).contains("train colours", "train stripes", "merge stripes");
    assertThat(stages).containsAll(descriptions);
    assertThat(List.copyOf(stages)).noneMatch(name -> name.contains(".java"));
    assertThat(spark.getLocalProperty("spark.jobGroup.id")).isNull();
    assertThat(spark.getLocalProperty("callSite.short")).isNull();
    assertThat(spark.getLocalProperty("braid.task")).isNull();
  }
}
