package dev.braid.jobs.dataset;

import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides from the inspected pictures what the data set holds, or refuses it. */
final class ContentRules {
  /**
   * A picture that was read, hashed and decoded.
   *
   * @param failure why it cannot be decoded or read; empty if it can
   * @param isTurned whether its EXIF data ask to turn it
   */
  record Inspected(
      ListedPicture listed, Digest digest, Fault fault, String failure, boolean isTurned)
      implements Serializable {
    boolean decodable() {
      return fault == Fault.NONE;
    }
  }

  /** What is wrong with a picture. */
  enum Fault {
    NONE,
    INCOMPLETE,
    UNREADABLE,
    UNDECODABLE;

    static Fault of(SourceRow.Fault fault) {
      return switch (fault) {
        case NONE -> NONE;
        case INCOMPLETE -> INCOMPLETE;
        case UNREADABLE -> UNREADABLE;
      };
    }
  }

  private static final int LISTED = 5;

  private final IngestRequest request;
  private final List<String> classNames;

  ContentRules(IngestRequest request, List<String> classNames) {
    this.request = request;
    this.classNames = classNames;
  }

  /**
   * Checks the number of classes.
   *
   * @throws RefusedDatasetException if there are too few to learn from
   */
  void checkClasses() {
    if (classNames.isEmpty() || (isWhole() && classNames.size() < 2)) {
      throw refused(
          "%s (at least two classes)",
          classNames.isEmpty() ? "no class" : "one class, '" + classNames.get(0) + "'");
    }
  }

  /** Whether the pictures are a data set by themselves. */
  private boolean isWhole() {
    return request.extended().isEmpty();
  }

  DatasetContent content(List<Inspected> pictures) {
    checkUndecodable(pictures);
    checkClassesSurvive(pictures);
    List<Inspected> decodable = pictures.stream().filter(Inspected::decodable).toList();
    List<PictureRow> rows =
        isSplit(decodable) ? checkSplits(rows(decodable)) : cutTest(rows(decodable));
    checkCopies(decodable);
    List<PictureRow> content = shots(cutValidation(rows));
    return new DatasetContent(classNames, content, orientation(content, decodable));
  }

  private Orientation orientation(List<PictureRow> rows, List<Inspected> pictures) {
    Set<Digest> turned =
        pictures.stream()
            .filter(Inspected::isTurned)
            .map(Inspected::digest)
            .collect(Collectors.toSet());
    boolean isAnyTurned = rows.stream().anyMatch(row -> turned.contains(row.digest()));
    return isAnyTurned ? request.orientation() : Orientation.AS_STORED;
  }

  private void checkUndecodable(List<Inspected> pictures) {
    Map<SourceSplit, List<Inspected>> bySplit =
        new TreeMap<>(pictures.stream().collect(Collectors.groupingBy(p -> p.listed().split())));
    bySplit.forEach(
        (split, all) -> {
          List<Inspected> broken = all.stream().filter(p -> !p.decodable()).toList();
          if (broken.size() > request.maxUnreadable() * limited(split, all, pictures)) {
            throw refused(
                "%s of %s pictures%s cannot be %s (at most %s %%)%s: %s",
                broken.size(),
                all.size(),
                in(split),
                verb(broken),
                percent(request.maxUnreadable()),
                kinds(broken),
                listed(broken));
          }
        });
  }

  /** Refuses a class that has pictures, none of which can be used. */
  private void checkClassesSurvive(List<Inspected> pictures) {
    Map<SourceSplit, Map<Integer, List<Inspected>>> classes =
        new TreeMap<>(
            pictures.stream()
                .filter(p -> p.fault() != Fault.INCOMPLETE)
                .collect(
                    Collectors.groupingBy(
                        p -> p.listed().split(), Collectors.groupingBy(p -> p.listed().label()))));
    classes.forEach(
        (split, byLabel) ->
            byLabel.forEach(
                (label, all) -> {
                  if (split != SourceSplit.VALIDATION
                      && all.stream().noneMatch(Inspected::decodable)) {
                    throw refused(
                        "no picture of the class '%s'%s can be %s: %s",
                        classNames.get(label), in(split), verb(all), listed(all));
                  }
                }));
  }

  private static String verb(List<Inspected> broken) {
    Set<Fault> faults = broken.stream().map(Inspected::fault).collect(Collectors.toSet());
    if (faults.contains(Fault.INCOMPLETE)) {
      return "used";
    }
    return faults.size() > 1
        ? "read or decoded"
        : faults.contains(Fault.UNREADABLE) ? "read" : "decoded";
  }

  /** The rows that a split's unusable ones are a share of; those without a split, of all rows. */
  private static int limited(SourceSplit split, List<Inspected> all, List<Inspected> pictures) {
    return split == SourceSplit.NONE ? pictures.size() : all.size();
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** How many pictures have each kind of fault, if there are several kinds. */
  private static String kinds(List<Inspected> broken) {
    Map<String, Long> counts =
        broken.stream()
            .collect(
                Collectors.groupingBy(
                    picture -> kind(picture.failure()), TreeMap::new, Collectors.counting()));
    return counts.size() < 2
        ? ""
        : counts.entrySet().stream()
            .map(kind -> kind.getValue() + " × " + kind.getKey())
            .collect(Collectors.joining(", ", "; ", ""));
  }

  /** A reason without what differs from picture to picture. */
  private static String kind(String failure) {
    return failure
        .replace("Cannot decode the picture: ", "")
        .replaceAll("\\([^)]*\\)", "")
        .replaceAll("\\d+", "…")
        .strip();
  }

  private static String listed(List<Inspected> broken) {
    String listed =
        broken.stream()
            .limit(LISTED)
            .map(p -> p.listed().name() + " (" + p.failure() + ")")
            .collect(Collectors.joining(", "));
    return broken.size() > LISTED ? listed + " and " + (broken.size() - LISTED) + " more" : listed;
  }

  private static boolean isSplit(List<Inspected> pictures) {
    return pictures.stream().anyMatch(picture -> picture.listed().split() != SourceSplit.NONE);
  }

  private static List<PictureRow> rows(List<Inspected> pictures) {
    return pictures.stream()
        .map(
            p ->
                new PictureRow(
                    split(p.listed().split()), p.listed().label(), p.digest(), p.listed().name()))
        .toList();
  }

  /** The split of a picture before any cut. */
  private static Split split(SourceSplit split) {
    return switch (split) {
      case TRAIN, NONE -> Split.TRAIN;
      case VALIDATION -> Split.VALIDATION;
      case TEST -> Split.TEST;
    };
  }

  private List<PictureRow> cutTest(List<PictureRow> rows) {
    Map<Integer, Set<Digest>> classes = byClass(rows, Split.TRAIN);
    checkEveryClass(classes, in(SourceSplit.NONE));
    for (int label = 0; isWhole() && label < classNames.size(); label++) {
      if (classes.getOrDefault(label, Set.of()).size() < 2) {
        throw refused(
            "the class '%s' has one picture, copies not counted (two or more: one to learn from,"
                + " one to test on)",
            classNames.get(label));
      }
    }
    return cut(rows, SeededCut.test(request.seed()), Split.TEST);
  }

  private List<PictureRow> checkSplits(List<PictureRow> rows) {
    checkEveryClass(byClass(rows, Split.TRAIN), in(SourceSplit.TRAIN));
    checkEveryClass(byClass(rows, Split.TEST), in(SourceSplit.TEST));
    return rows;
  }

  private void checkEveryClass(Map<Integer, Set<Digest>> classes, String where) {
    for (int label = 0; isWhole() && label < classNames.size(); label++) {
      if (!classes.containsKey(label)) {
        throw refused("the class '%s' has no picture%s", classNames.get(label), where);
      }
    }
  }

  /** Allows copies of a picture only within one class and one split. */
  private void checkCopies(List<Inspected> pictures) {
    Map<Digest, ListedPicture> first = new HashMap<>();
    for (Inspected picture : pictures) {
      ListedPicture listed = picture.listed();
      ListedPicture twin = first.putIfAbsent(picture.digest(), listed);
      if (twin != null && (twin.split() != listed.split() || twin.label() != listed.label())) {
        throw refused("%s is the same picture as %s; remove one", listed.name(), twin.name());
      }
    }
  }

  private List<PictureRow> cutValidation(List<PictureRow> rows) {
    if (!byClass(rows, Split.VALIDATION).isEmpty()) { // the source's own
      return rows;
    }
    List<PictureRow> cut = cut(rows, SeededCut.validation(request.seed()), Split.VALIDATION);
    if (isWhole() && byClass(cut, Split.VALIDATION).isEmpty()) {
      throw refused(
          "no class has two different pictures to learn from, so none can be kept for validation;"
              + " add pictures");
    }
    return cut;
  }

  /** The rows without the training pictures beyond the shots. */
  private List<PictureRow> shots(List<PictureRow> rows) {
    if (request.shots() == IngestRequest.ALL) {
      return rows;
    }
    Map<Integer, Set<Digest>> classes = byClass(rows, Split.TRAIN);
    for (int label = 0; label < classNames.size(); label++) {
      int pictures = classes.getOrDefault(label, Set.of()).size();
      if (pictures < request.shots()) {
        throw refused(
            "the class '%s' has %s different pictures to learn from, fewer than %s shots; ask for"
                + " fewer, or add pictures",
            classNames.get(label), pictures, request.shots());
      }
    }
    Set<Digest> surplus =
        SeededCut.beyondShots(request.seed(), request.shots()).chosen(classes.values());
    return rows.stream()
        .filter(row -> row.split() != Split.TRAIN || !surplus.contains(row.digest()))
        .toList();
  }

  /** Moves the training pictures that the cut chooses to another split. */
  private static List<PictureRow> cut(List<PictureRow> rows, SeededCut cut, Split to) {
    Set<Digest> chosen = cut.chosen(byClass(rows, Split.TRAIN).values());
    return rows.stream().map(row -> chosen.contains(row.digest()) ? row.in(to) : row).toList();
  }

  /** The distinct pictures in the split, for each class that has any. */
  private static Map<Integer, Set<Digest>> byClass(List<PictureRow> rows, Split split) {
    return rows.stream()
        .filter(row -> row.split() == split)
        .collect(
            Collectors.groupingBy(
                PictureRow::label, Collectors.mapping(PictureRow::digest, Collectors.toSet())));
  }

  private static String in(SourceSplit split) {
    return switch (split) {
      case TRAIN -> " in train";
      case VALIDATION -> " in validation";
      case TEST -> " in test";
      case NONE -> "";
    };
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot learn from %s: %s", request.source().name(), why.formatted(values));
  }
}
