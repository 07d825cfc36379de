package dev.braid.jobs.dataset;

import dev.braid.jobs.source.FolderListing;
import dev.braid.jobs.source.FolderListing.Part;
import dev.braid.jobs.source.ImageFolder;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    List<Inspected> decodable = pictures.stream().filter(Inspected::decodable).toList();
    List<PictureRow> rows = isWhole(decodable) ? cutTest(rows(decodable)) : given(rows(decodable));
    checkOnePlaceEach(decodable);
    return new DatasetContent(classNames, shots(cutValidation(rows)));
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

  private static boolean isWhole(List<Inspected> pictures) {
    return pictures.stream().allMatch(picture -> picture.file().part() == Part.WHOLE);
  }

  private static List<PictureRow> rows(List<Inspected> pictures) {
    return pictures.stream()
        .map(
            p ->
                new PictureRow(
                    split(p.file().part()), p.file().label(), p.digest(), p.file().path()))
        .toList();
  }

  /** Where a picture is before any cut. */
  private static Split split(Part part) {
    return part == Part.TEST ? Split.TEST : Split.TRAIN;
  }

  private List<PictureRow> cutTest(List<PictureRow> rows) {
    Map<Integer, Set<Digest>> classes = byClass(rows, Split.TRAIN);
    checkEveryClass(classes, in(Part.WHOLE));
    for (int label = 0; label < classNames.size(); label++) {
      if (classes.getOrDefault(label, Set.of()).size() < 2) {
        throw refused(
            "the class '%s' has one picture (two or more: one to learn from, one to test on)",
            classNames.get(label));
      }
    }
    return cut(rows, SeededCut.test(source.seed()), Split.TEST);
  }

  private List<PictureRow> given(List<PictureRow> rows) {
    checkEveryClass(byClass(rows, Split.TRAIN), in(Part.TRAIN));
    checkEveryClass(byClass(rows, Split.TEST), in(Part.TEST));
    return rows;
  }

  private void checkEveryClass(Map<Integer, Set<Digest>> classes, String where) {
    for (int label = 0; label < classNames.size(); label++) {
      if (!classes.containsKey(label)) {
        throw refused("the class '%s' has no picture%s", classNames.get(label), where);
      }
    }
  }

  /**
   * A picture may be there twice, but not in two classes, nor both to learn from and to test on.
   */
  private void checkOnePlaceEach(List<Inspected> pictures) {
    Map<Digest, FolderListing.Listed> places = new HashMap<>();
    for (Inspected picture : pictures) {
      FolderListing.Listed file = picture.file();
      FolderListing.Listed twin = places.putIfAbsent(picture.digest(), file);
      if (twin != null && (twin.part() != file.part() || twin.label() != file.label())) {
        throw refused("%s is the same picture as %s; remove one", file.path(), twin.path());
      }
    }
  }

  private List<PictureRow> cutValidation(List<PictureRow> rows) {
    List<PictureRow> cut = cut(rows, SeededCut.validation(source.seed()), Split.VALIDATION);
    if (byClass(cut, Split.VALIDATION).isEmpty()) {
      throw refused(
          "no class has two different pictures to learn from, so none can be kept for validation;"
              + " add pictures");
    }
    return cut;
  }

  /** The rows without the pictures to learn from that are more than the shots. */
  private List<PictureRow> shots(List<PictureRow> rows) {
    if (source.shots() == ImageFolder.ALL) {
      return rows;
    }
    Map<Integer, Set<Digest>> classes = byClass(rows, Split.TRAIN);
    for (int label = 0; label < classNames.size(); label++) {
      int pictures = classes.getOrDefault(label, Set.of()).size();
      if (pictures < source.shots()) {
        throw refused(
            "the class '%s' has %s different pictures to learn from, fewer than %s shots; ask for"
                + " fewer, or add pictures",
            classNames.get(label), pictures, source.shots());
      }
    }
    Set<Digest> left =
        SeededCut.beyondShots(source.seed(), source.shots()).chosen(classes.values());
    return rows.stream()
        .filter(row -> row.split() != Split.TRAIN || !left.contains(row.digest()))
        .toList();
  }

  /** The rows with those that the cut chooses from train in another split. */
  private static List<PictureRow> cut(List<PictureRow> rows, SeededCut cut, Split to) {
    Set<Digest> chosen = cut.chosen(byClass(rows, Split.TRAIN).values());
    return rows.stream().map(row -> chosen.contains(row.digest()) ? row.in(to) : row).toList();
  }

  /** The different pictures of each class that has some in the split. */
  private static Map<Integer, Set<Digest>> byClass(List<PictureRow> rows, Split split) {
    return rows.stream()
        .filter(row -> row.split() == split)
        .collect(
            Collectors.groupingBy(
                PictureRow::label, Collectors.mapping(PictureRow::digest, Collectors.toSet())));
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
