package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.model.Check;
import java.util.List;

/**
 * What a source holds.
 *
 * @param classNames by label
 * @param pictures either all of them have a split or none
 * @param remarks clauses about what the source holds besides, such as "2 other entries (…)"
 */
public record PictureListing(
    List<String> classNames, List<ListedPicture> pictures, List<String> remarks) {
  public PictureListing {
    classNames = List.copyOf(classNames);
    pictures = List.copyOf(pictures);
    remarks = List.copyOf(remarks);
    boolean isSplit = pictures.stream().anyMatch(p -> p.split() != SourceSplit.NONE);
    for (ListedPicture picture : pictures) {
      Check.argument(
          0 <= picture.label() && picture.label() < classNames.size(),
          "Invalid label of %s: %s (of %s classes)",
          picture.name(),
          picture.label(),
          classNames.size());
      Check.argument(
          isSplit == (picture.split() != SourceSplit.NONE),
          "Invalid split of %s: %s (a split for all pictures or for none)",
          picture.name(),
          picture.split());
    }
  }

  /** A listing without remarks. */
  public PictureListing(List<String> classNames, List<ListedPicture> pictures) {
    this(classNames, pictures, List.of());
  }
}
