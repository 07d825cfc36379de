package dev.braid.jobs.source.folder;

import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.LabelledPicture;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.PictureSourceContract;
import dev.braid.jobs.source.SourceSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class ImageFolderContractTest extends PictureSourceContract {
  @Override
  protected PictureSource save(List<LabelledPicture> pictures, Path empty) throws IOException {
    for (LabelledPicture picture : pictures) {
      Path split = picture.split() == SourceSplit.NONE ? empty : empty.resolve(split(picture));
      Pictures.fill(split.resolve(picture.className()), 1, picture.number());
    }
    return ImageFolder.of(empty.toString());
  }

  private static String split(LabelledPicture picture) {
    return picture.split().name().toLowerCase(Locale.ROOT);
  }

  @Override
  protected Change overwriting(PictureSource source, String picture, byte[] encoded) {
    return () -> Files.write(Path.of(source.name()).resolve(picture), encoded);
  }

  @Override
  protected PictureSource absent(Path path) {
    return ImageFolder.of(path.toString());
  }
}
