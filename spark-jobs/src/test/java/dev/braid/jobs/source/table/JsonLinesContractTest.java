package dev.braid.jobs.source.table;

import dev.braid.jobs.source.LabelledPicture;
import java.util.List;
import java.util.stream.Collectors;

class JsonLinesContractTest extends PictureListContract {
  @Override
  String fileName() {
    return "metadata.jsonl";
  }

  @Override
  String text(List<LabelledPicture> pictures) {
    return pictures.stream()
        .map(
            picture ->
                """
                {"file_name": "%s.png", "label": "%s", "split": "%s"}
                """
                    .formatted(picture.number(), picture.className(), split(picture)))
        .collect(Collectors.joining());
  }
}
