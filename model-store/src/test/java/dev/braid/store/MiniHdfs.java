package dev.braid.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands an HDFS to the tests that ask for it: one for all of them, on this machine. */
public final class MiniHdfs implements ParameterResolver {
  /** Where the file system is. */
  public record Hdfs(String root) {
    /*
     * A client that closes a file before the name node has heard of its last block asks again after
     * this time, on a small machine nearly always; the default is 400.
     */
    private static final Map<String, String> HASTE =
        Map.of("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");

    /** A folder of its own. */
    public StoreLocation folder() {
      return new StoreLocation(root + "/" + UUID.randomUUID(), new TreeMap<>(HASTE));
    }
  }

  private record Running(MiniDFSCluster cluster)
      implements ExtensionContext.Store.CloseableResource {
    static Running start() {
      try {
        Configuration configuration = new Configuration();
        configuration.set(
            MiniDFSCluster.HDFS_MINIDFS_BASEDIR, Files.createTempDirectory("hdfs").toString());
        // Closing a file waits for the data node's word of its last block; a busy machine is late.
        configuration.setInt("dfs.client.block.write.locateFollowingBlock.retries", 12);
        return new Running(new MiniDFSCluster.Builder(configuration).numDataNodes(1).build());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      cluster.shutdown(/* deleteDfsDir= */ true);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Hdfs.class;
  }

  @Override
  public Hdfs resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(MiniHdfs.class))
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    return new Hdfs("hdfs://localhost:" + running.cluster().getNameNodePort());
  }
}
