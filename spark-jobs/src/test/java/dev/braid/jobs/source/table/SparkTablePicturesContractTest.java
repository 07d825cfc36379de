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
import java.util.Optional;

class SparkTablePicturesContractTest extends PictureSourceContract {
  @Override
  protected PictureSource save(List<LabelledPicture> pictures, Path empty) throws IOException {
    String table = "pictures_" + Integer.toHexString(empty.toString().hashCode());
    SavedTables.write(SavedTables.table(session, pictures), file(table));
    session.sql("drop table if exists " + table);
    session.sql(
        "create table %s using parquet location '%s'".formatted(table, file(table).getParent()));
    boolean isSplit = pictures.get(0).split() != SourceSplit.NONE;
    return source(table, isSplit ? Optional.of("part") : Optional.empty());
  }

  private Path file(String table) {
    return folder.resolve(table + "/rows.parquet");
  }

  @Override
  protected Change overwriting(PictureSource source, String picture, byte[] encoded)
      throws IOException {
    int row = Integer.parseInt(picture.substring("row ".length()));
    Path file = file(((SparkTablePictures) source).table());
    return SavedTables.overwriting(session, file, row, encoded);
  }

  @Override
  protected PictureSource absent(Path path) {
    return source("none", Optional.empty());
  }

  private static PictureSource source(String table, Optional<String> split) {
    return new SparkTablePictures(
        table,
        new TableColumns(Optional.empty(), Optional.empty(), split, Optional.empty()),
        new ImageFolder.ClassNames.Found(),
        AllowedRoots.NAMED);
  }
}
