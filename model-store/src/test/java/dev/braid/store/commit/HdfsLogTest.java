package dev.braid.store.commit;

import dev.braid.store.MiniHdfs;
import dev.braid.store.StoreLocation;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MiniHdfs.class)
final class HdfsLogTest extends CommitLogContract {
  private final MiniHdfs.Hdfs hdfs;

  HdfsLogTest(MiniHdfs.Hdfs hdfs) {
    this.hdfs = hdfs;
  }

  @Override
  StoreLocation location() {
    return hdfs.folder();
  }
}
