package dev.braid.jobs.dataset;

import dev.braid.jobs.source.ClassNameList;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.vlm.text.ClassNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins pictures with those of a data set, whose pictures keep their splits and their orientation,
 * and whose classes keep their labels.
 *
 * @param source the name of the added pictures' source, for messages
 */
record Extension(String source, StoredPictures.Content stored) {
  /**
   * The content of both: new classes follow the old ones.
   *
   * @param added a picture that the data set has is left out
   * @throws RefusedDatasetException if the data set has one of the pictures in another class, or a
   *     new class has no picture to learn from or none to test on
   */
  DatasetContent with(DatasetContent added) {
    List<String> names = new ArrayList<>(stored.classNames());
    int[] labels = labels(names, added.classNames());
    Map<Digest, PictureRow> old = new HashMap<>();
    stored.rows().forEach(row -> old.put(row.digest(), row));
    List<PictureRow> all = new ArrayList<>(stored.rows());
    for (PictureRow row : added.rows()) {
      PictureRow relabelled = row.labelled(labels[row.label()]);
      Optional<PictureRow> twin = Optional.ofNullable(old.get(row.digest()));
      twin.ifPresent(same -> checkTwin(names, relabelled, same));
      if (twin.isEmpty()) {
        all.add(relabelled);
      }
    }
    checkNewClasses(names, all);
    return new DatasetContent(
        ClassNameList.checked(source, names),
        all,
        stored.orientation().orElse(added.orientation()));
  }

  /** A clause about the pictures that the data set has already. */
  Optional<String> remark(DatasetContent added, DatasetContent both) {
    int known = stored.rows().size() + added.rows().size() - both.rows().size();
    return known == 0
        ? Optional.empty()
        : Optional.of("%d pictures that the task has already".formatted(known));
  }

  /** The labels of names; those that are new are appended. */
  private static int[] labels(List<String> names, List<String> added) {
    Map<String, Integer> byName = new HashMap<>();
    for (int label = 0; label < names.size(); label++) {
      byName.put(ClassNames.label(names.get(label)), label);
    }
    int[] labels = new int[added.size()];
    for (int i = 0; i < labels.length; i++) {
      Integer known = byName.get(ClassNames.label(added.get(i)));
      labels[i] = known == null ? names.size() : known;
      if (known == null) {
        names.add(added.get(i));
      }
    }
    return labels;
  }

  private void checkTwin(List<String> names, PictureRow added, PictureRow same) {
    if (added.label() != same.label()) {
      throw new RefusedDatasetException(
          "Cannot learn from %s: %s is of the class '%s', and the task has the same picture in the"
              + " class '%s'; remove one",
          source, added.name(), names.get(added.label()), names.get(same.label()));
    }
  }

  private void checkNewClasses(List<String> names, List<PictureRow> all) {
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      Set<Integer> present =
          all.stream()
              .filter(row -> row.split() == split)
              .map(PictureRow::label)
              .collect(Collectors.toSet());
      for (int label = stored.classNames().size(); label < names.size(); label++) {
        if (!present.contains(label)) {
          throw new RefusedDatasetException(
              "Cannot learn from %s: the new class '%s' has no picture in %s",
              source, names.get(label), split.label());
        }
      }
    }
  }
}
