package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.FolderListing.Part;
import dev.braid.model.Digest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides from inspected pictures what a data set holds, or why it is refused. */
final class ContentRules {
  /**
   * A picture that was read, hashed and decoded.
   *
   * @param failure why it cannot be decoded; empty if it can
   */
  record Inspected(FolderListing.Listed file, Digest digest, String failure)
      implements Serializable {
    boolean decodable() {
      return failure.isEmpty();
    }
  }

  private static final double MAX_UNDECODABLE = 0.05;
  private static final int LISTED = 5;

  private final ImageFolder source;
  private final List<String> classNames;

  ContentRules(ImageFolder source, List<String> classNames) {
    this.source = source;
    this.classNames = classNames;
  }

  DatasetContent content(List<Inspected> pictures) {
    checkUndecodable(pictures);
    Map<Part, List<Inspected>> parts =
        pictures.stream()
            .filter(Inspected::decodable)
            .collect(Collectors.groupingBy(p -> p.file().part()));
    List<PictureRow> rows =
        parts.containsKey(Part.WHOLE)
            ? cutTest(parts.get(Part.WHOLE))
            : given(
                parts.getOrDefault(Part.TRAIN, List.of()),
                parts.getOrDefault(Part.TEST, List.of()));
    return new DatasetContent(classNames, cutValidation(rows));
  }

  private void checkUndecodable(List<Inspected> pictures) {
    Map<Part, List<Inspected>> parts =
        new TreeMap<>(pictures.stream().collect(Collectors.groupingBy(p -> p.file().part())));
    parts.forEach(
        (part, all) -> {
          List<Inspected> broken = all.stream().filter(p -> !p.decodable()).toList();
          if (broken.size() > MAX_UNDECODABLE * all.size()) {
            throw refused(
                "%s of %s pictures%s cannot be decoded (at most 5 %%): %s",
                broken.size(), all.size(), in(part), listed(broken));
          }
        });
  }

  private static String listed(List<Inspected> broken) {
    String listed =
        broken.stream()
            .limit(LISTED)
            .map(p -> p.file().path() + " (" + p.failure() + ")")
            .collect(Collectors.joining(", "));
    return broken.size() > LISTED ? listed + " and " + (broken.size() - LISTED) + " more" : listed;
  }

  private List<PictureRow> cutTest(List<Inspected> pictures) {
    checkEveryClass(pictures, Part.WHOLE, 2);
    Set<Digest> test = SeededCut.test(source.seed()).chosen(byClass(pictures));
    return rows(pictures, p -> test.contains(p.digest()) ? Split.TEST : Split.TRAIN);
  }

  private List<PictureRow> given(List<Inspected> train, List<Inspected> test) {
    checkEveryClass(train, Part.TRAIN, 1);
    checkEveryClass(test, Part.TEST, 1);
    checkApart(train, test);
    List<PictureRow> rows = new ArrayList<>(rows(train, p -> Split.TRAIN));
    rows.addAll(rows(test, p -> Split.TEST));
    return rows;
  }

  private void checkEveryClass(List<Inspected> pictures, Part part, int atLeast) {
    Map<Integer, Set<Digest>> classes =
        pictures.stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.file().label(),
                    Collectors.mapping(Inspected::digest, Collectors.toSet())));
    for (int label = 0; label < classNames.size(); label++) {
      int found = classes.getOrDefault(label, Set.of()).size();
      if (found == 0) {
        throw refused("the class '%s' has no picture%s", classNames.get(label), in(part));
      }
      if (found < atLeast) {
        throw refused(
            "the class '%s' has one picture (two or more: one to learn from, one to test on)",
            classNames.get(label));
      }
    }
  }

  private void checkApart(List<Inspected> train, List<Inspected> test) {
    Map<Digest, String> learned = new HashMap<>();
    train.forEach(p -> learned.putIfAbsent(p.digest(), p.file().path()));
    for (Inspected picture : test) {
      String twin = learned.get(picture.digest());
      if (twin != null) {
        throw refused("%s is the same picture as %s; remove one", picture.file().path(), twin);
      }
    }
  }

  private List<PictureRow> cutValidation(List<PictureRow> rows) {
    Map<Integer, Set<Digest>> classes = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.split() == Split.TRAIN)
        .forEach(
            row -> classes.computeIfAbsent(row.label(), l -> new HashSet<>()).add(row.digest()));
    Set<Digest> chosen = SeededCut.validation(source.seed()).chosen(classes.values());
    return rows.stream().map(row -> chosen.contains(row.digest()) ? validation(row) : row).toList();
  }

  private static PictureRow validation(PictureRow row) {
    return new PictureRow(Split.VALIDATION, row.label(), row.digest(), row.source());
  }

  private static Collection<Set<Digest>> byClass(List<Inspected> pictures) {
    return pictures.stream()
        .collect(
            Collectors.groupingBy(
                p -> p.file().label(), Collectors.mapping(Inspected::digest, Collectors.toSet())))
        .values();
  }

  private static List<PictureRow> rows(List<Inspected> pictures, Function<Inspected, Split> split) {
    return pictures.stream()
        .map(p -> new PictureRow(split.apply(p), p.file().label(), p.digest(), p.file().path()))
        .toList();
  }

  private static String in(Part part) {
    return switch (part) {
      case TRAIN -> " in train";
      case TEST -> " in test";
      case WHOLE -> "";
    };
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot learn from %s: %s", source.root(), why.formatted(values));
  }
}
