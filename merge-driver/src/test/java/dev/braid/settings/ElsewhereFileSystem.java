package dev.braid.settings;

import java.io.File;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under another scheme. */
public final class ElsewhereFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("elsewhere://x");
  }

  @Override
  protected void checkPath(Path path) {}

  @Override
  public File pathToFile(Path path) {
    return new File(path.toUri().getPath());
  }
}
