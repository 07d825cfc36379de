package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.DatasetRecord.PictureFile;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetLabelsTest {
  private static final int ROWS_PER_FILE = 100; // more than a row group

  @TempDir Path folder;

  @Test
  void labels_ofASplitOverSeveralFiles_areThoseOfItsRows() throws IOException {
    DatasetRecord.Rows rows = new DatasetRecord.Rows(130, 0, 85);
    ObjectStore objects = new HadoopObjects(Folder.of(folder.toString(), Map.of()));
    List<Integer> expected = new ArrayList<>();
    List<PictureFile> files = new ArrayList<>();
    for (long start = 0; start < rows.total(); start += ROWS_PER_FILE) {
      try (PictureFileWriter writer = new PictureFileWriter(objects, List.of("cat", "dog"))) {
        for (long row = start; row < Math.min(rows.total(), start + ROWS_PER_FILE); row++) {
          int label = (int) (row * row % 7);
          Split split = row < rows.train() ? Split.TRAIN : Split.TEST;
          byte[] png = Pictures.png(row);
          writer.write(row, new PictureRow(split, label, Digest.of(png), "x"), png);
          expected.add(label);
        }
        files.add(writer.finish());
      }
    }
    DatasetReader reader =
        new DatasetReader(
            objects,
            new DatasetRecord(
                Digest.of("content"),
                List.of("a", "b", "c", "d", "e", "f", "g"),
                rows,
                ROWS_PER_FILE,
                files));

    assertThat(reader.labels(Split.TRAIN)).isEqualTo(expected.subList(0, 130));
    assertThat(reader.labels(Split.VALIDATION)).isEmpty();
    assertThat(reader.labels(Split.TEST)).isEqualTo(expected.subList(130, 215));
    assertThat(reader.rows(0, 215)).extracting("label").isEqualTo(expected);
  }
}
