package dev.braid.jobs.predict;

import dev.braid.jobs.predict.PredictRequest.Existing;
import dev.braid.jobs.source.Place;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a prediction's output.
 *
 * <pre>
 * _plan.json            what is predicted with what; written first
 * part=00000/           the files of a part, written by Spark's committer
 * _finished/00000.json  the counts of a part; written when the part is complete
 * _SUCCESS              written last: the output is complete
 * </pre>
 *
 * <p>A part without its file in {@code _finished} is written again from its first row. Readers such
 * as Spark skip names that begin with "_".
 */
final class PredictionFolder {
  private static final String PLAN = "_plan.json";
  private static final String SUCCESS = "_SUCCESS";
  private static final String FINISHED = "_finished";
  private static final Pattern VERSION = Pattern.compile("\"version\":([0-9]+)");

  private final String path;
  private final String name;
  private final Folder parent;

  private PredictionFolder(String path, Map<String, String> options) {
    Place place = Place.of(path);
    this.path = place.path();
    this.name = place.name();
    this.parent = place.parent(options);
  }

  /**
   * Refuses a folder that cannot take the output; changes nothing.
   *
   * @throws IllegalArgumentException if it has other files, or a finished prediction that is not to
   *     be overwritten
   */
  static PredictionFolder check(String path, Map<String, String> options, Existing existing) {
    PredictionFolder folder = new PredictionFolder(path, options);
    if (!folder.parent.contains(folder.name)) {
      return folder;
    }
    boolean isPrediction = folder.contains(PLAN);
    if (!isPrediction && !folder.parent.names(folder.name).isEmpty()) {
      throw folder.refused("it exists, and no prediction wrote it; choose another folder");
    }
    if (folder.contains(SUCCESS) && existing == Existing.RESUME) {
      throw folder.refused(
          "it has a finished prediction; choose another folder, or give --overwrite");
    }
    return folder;
  }

  /**
   * Begins the output, or continues it.
   *
   * @param plan everything that the output depends on
   * @throws IllegalArgumentException if it has the unfinished output of another plan
   */
  void begin(byte[] plan, Existing existing) {
    if (existing == Existing.OVERWRITE) {
      parent.delete(name + "/" + FINISHED); // first: no part may count as finished that is deleted
      parent.delete(name);
    }
    Optional<byte[]> begun = parent.read(name + "/" + PLAN);
    if (begun.isEmpty()) {
      write(PLAN, plan);
    } else if (!Arrays.equals(begun.get(), plan)) {
      throw refused(
          "it has an unfinished prediction with version %s, other pictures or other options; repeat that command, choose another folder, or give --overwrite"
              .formatted(version(begun.get())));
    }
  }

  /** The version of a plan; the message does without it if another release wrote the plan. */
  private static String version(byte[] plan) {
    Matcher version = VERSION.matcher(new String(plan, StandardCharsets.UTF_8));
    return version.find() ? version.group(1) : "of another release";
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("Cannot predict into %s: %s".formatted(path, why));
  }

  /** The folder of a part. */
  String part(int part) {
    return path + "/part=" + digits(part);
  }

  /** The counts of a part, if it is finished. */
  Optional<PredictionCounts> finished(int part) {
    String file = finishedFile(part);
    return parent
        .read(name + "/" + file)
        .map(json -> PredictionCounts.fromJson(json, path + "/" + file));
  }

  /** Marks a part as finished, once its files are in place. */
  void finish(int part, PredictionCounts counts) {
    write(finishedFile(part), counts.toJson().bytes());
  }

  /** Marks the output as complete. */
  void complete() {
    write(SUCCESS, new byte[0]);
  }

  private static String finishedFile(int part) {
    return FINISHED + "/" + digits(part) + ".json";
  }

  private static String digits(int part) {
    return String.format(Locale.ROOT, "%05d", part);
  }

  private boolean contains(String file) {
    return parent.contains(name + "/" + file);
  }

  /** The file appears with its whole content. */
  private void write(String file, byte[] content) {
    String temporary = name + "/_writing-" + file.replace('/', '-');
    try (NewFile out = parent.create(temporary)) {
      out.write(content, 0, content.length);
    }
    parent.move(temporary, name + "/" + file);
  }
}
