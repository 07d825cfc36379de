package dev.braid.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object that another file names must survive a loss of power. */
final class DurableObjectsTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final List<String> FORCED = new CopyOnWriteArrayList<>();

  @TempDir java.nio.file.Path root;

  private ObjectStore objects;

  /** Notes which folders are forced to the disk. */
  public static final class NotingDisk extends LocalDisk {
    @Override
    public void force(org.apache.hadoop.fs.Path folder) throws IOException {
      super.force(folder);
      FORCED.add(folder.toUri().getPath());
    }
  }

  @BeforeEach
  void openDisk() {
    objects =
        new HadoopObjects(
            Folder.of(root.toString(), Map.of(LocalDisk.CLASS, NotingDisk.class.getName())));
    FORCED.clear();
  }

  @Test
  void put_forcesTheFoldersOnTheWay() {
    Digest digest = objects.put(CONTENT, "bin");

    assertThat(FORCED)
        .contains(
            root.toString(), root + "/objects", root + "/objects/" + digest.hex().substring(0, 2));
  }

  @Test
  void put_ofWhatAnotherWriterPutThere_forcesItsEntry() {
    Digest digest = objects.put(CONTENT, "bin");
    FORCED.clear();

    objects.put(CONTENT, "bin");

    assertThat(FORCED).contains(root + "/objects/" + digest.hex().substring(0, 2));
  }
}
