package dev.braid.jobs.source.table;

import dev.braid.jobs.source.LabelledPicture;
import java.util.List;
import java.util.stream.Collectors;

class ListedPicturesContractTest extends PictureListContract {
  @Override
  String fileName() {
    return "metadata.csv";
  }

  @Override
  String text(List<LabelledPicture> pictures) {
    return pictures.stream()
        .map(
            picture ->
                "%s.png,%s,%s\n".formatted(picture.number(), picture.className(), split(picture)))
        .collect(Collectors.joining("", "file_name,label,split\n", ""));
  }
}
