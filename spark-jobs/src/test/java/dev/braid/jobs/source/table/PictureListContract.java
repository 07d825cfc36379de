package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.LabelledPicture;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.PictureSourceContract;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.folder.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists with a column for the split, or one in the folder of each split. */
abstract class PictureListContract extends PictureSourceContract {
  abstract String fileName();

  /** A list with the columns file_name, label and split. */
  abstract String text(List<LabelledPicture> pictures);

  static String split(LabelledPicture picture) {
    return picture.split().name().toLowerCase(Locale.ROOT);
  }

  @Override
  protected PictureSource save(List<LabelledPicture> pictures, Path empty) throws IOException {
    Map<SourceSplit, List<LabelledPicture>> splits =
        pictures.stream().collect(Collectors.groupingBy(LabelledPicture::split));
    for (Map.Entry<SourceSplit, List<LabelledPicture>> split : splits.entrySet()) {
      boolean none = split.getKey() == SourceSplit.NONE;
      save(empty.resolve(none ? "" : split(split.getValue().get(0))), split.getValue(), none);
    }
    return source(empty);
  }

  private void save(Path folder, List<LabelledPicture> pictures, boolean isUnsplit)
      throws IOException {
    Files.createDirectories(folder);
    for (LabelledPicture picture : pictures) {
      Files.write(folder.resolve(picture.number() + ".png"), picture.encoded());
    }
    String text = text(pictures);
    Files.writeString(
        folder.resolve(fileName()), isUnsplit ? text.replace("split", "remark") : text);
  }

  @Override
  protected Change overwriting(PictureSource source, String picture, byte[] encoded) {
    Path root = Path.of(source.name());
    Path inTrain = root.resolve("train").resolve(picture);
    Path file = Files.exists(inTrain) ? inTrain : root.resolve(picture);
    return () -> Files.write(file, encoded);
  }

  @Override
  protected PictureSource absent(Path path) {
    return source(path);
  }

  private static PictureSource source(Path path) {
    return new ListedPictures(
        path.toString(),
        TableColumns.USUAL,
        new ImageFolder.ClassNames.Found(),
        AllowedRoots.NAMED);
  }
}
