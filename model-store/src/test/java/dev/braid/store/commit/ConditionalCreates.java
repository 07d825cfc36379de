package dev.braid.store.commit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files that keep the contract of S3A's conditional create, across processes too. */
public final class ConditionalCreates extends RawLocalFileSystem {
  /*
   * Hadoop's contract: nothing is there before close(), which makes the object in one step and
   * fails if there is one; a renaming never replaces a file.
   */
  private static final URI BUCKET = URI.create("s3a://bucket");

  @Override
  public URI getUri() {
    return BUCKET;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(this, path);
  }

  private static final class Builder
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    private final Path path;

    Builder(FileSystem files, Path path) {
      super(files, path);
      this.path = path;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      String option = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
      rejectUnknownMandatoryKeys(Set.of(option), path.toString());
      if (!getMandatoryKeys().contains(option)) {
        throw new IOException("an unconditional create of " + path);
      }
      return new FSDataOutputStream(new Upload(path), null);
    }
  }

  /** The bytes of an object until it is closed. */
  private static final class Upload extends ByteArrayOutputStream implements Abortable {
    private final java.nio.file.Path file;

    Upload(Path path) {
      this.file = java.nio.file.Path.of(path.toUri().getPath());
    }

    @Override
    public void close() throws IOException {
      java.nio.file.Path uploaded = file.resolveSibling("." + UUID.randomUUID());
      Files.write(uploaded, toByteArray());
      try {
        Files.createLink(file, uploaded);
      } catch (FileAlreadyExistsException e) {
        throw new PathIOException(file.toString(), "412 Precondition Failed");
      } finally {
        Files.delete(uploaded);
      }
    }

    @Override
    public AbortableResult abort() {
      throw new AssertionError("nothing fails here");
    }
  }
}
