package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.LabelledPicture;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.PictureSourceContract;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.folder.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

class ParquetPicturesContractTest extends PictureSourceContract {
  @Override
  protected PictureSource save(List<LabelledPicture> pictures, Path empty) throws IOException {
    Map<SourceSplit, List<LabelledPicture>> splits =
        pictures.stream().collect(Collectors.groupingBy(LabelledPicture::split));
    for (Map.Entry<SourceSplit, List<LabelledPicture>> split : splits.entrySet()) {
      String file = split.getKey().name().toLowerCase(Locale.ROOT) + "-00000-of-00001.parquet";
      SavedTables.write(
          SavedTables.table(session, split.getValue()).drop("part"), empty.resolve("data/" + file));
    }
    return source(empty);
  }

  @Override
  protected Change overwriting(PictureSource source, String picture, byte[] encoded)
      throws IOException {
    int end = picture.indexOf(" row ");
    Path file = Path.of(source.name()).resolve("data/" + picture.substring(0, end));
    int row = Integer.parseInt(picture.substring(end + " row ".length()));
    return SavedTables.overwriting(session, file, row, encoded);
  }

  @Override
  protected PictureSource absent(Path path) {
    return source(path);
  }

  private static PictureSource source(Path path) {
    return new ParquetPictures(
        path.toString(),
        TableColumns.USUAL,
        new ImageFolder.ClassNames.Found(),
        AllowedRoots.NAMED);
  }
}
