package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.MiniHdfs;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MiniHdfs.class)
final class HdfsObjectsTest extends ObjectStoreContract {
  private final StoreLocation location;
  private final Path root;
  private final DistributedFileSystem files;

  HdfsObjectsTest(MiniHdfs.Hdfs hdfs) throws IOException {
    Configuration configuration = new Configuration();
    location = hdfs.folder();
    location.options().forEach(configuration::set);
    root = new Path(location.root());
    files = (DistributedFileSystem) root.getFileSystem(configuration);
  }

  @Override
  ObjectStore objects() {
    return new HadoopObjects(Folder.of(location.root(), location.options()));
  }

  @Override
  void flipBit(Digest digest, String extension) throws IOException {
    Path file = new Path(objects().location(digest, extension));
    byte[] bytes;
    try (FSDataInputStream in = files.open(file)) {
      bytes = in.readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    Path flipped = new Path(root, "flipped");
    try (FSDataOutputStream out = files.create(flipped)) {
      out.write(bytes);
    }
    files.rename(flipped, file, Rename.OVERWRITE);
  }

  @Override
  List<String> leftovers() throws IOException {
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(root, /* recursive= */ true);
    while (all.hasNext()) {
      String name = all.next().getPath().toUri().getPath();
      if (!name.matches(".*/objects/(..)/\\1[0-9a-f]{62}\\.[a-z]+")) {
        names.add(name);
      }
    }
    return names;
  }
}
