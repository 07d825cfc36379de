package dev.braid.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir Path root;

  /** A disk as Java shows it to an account that may not read, which root's may. */
  static final class Forbidding extends LocalDisk {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws FileNotFoundException {
      throw new FileNotFoundException(file.toUri().getPath() + " (Permission denied)");
    }
  }

  @Test
  void read_ofAFileThatMayNotBeOpened_isNotAbsence() throws IOException {
    Folder folder = on(Forbidding.class);
    Files.writeString(root.resolve("file"), "secret");

    assertThatThrownBy(() -> folder.read("file"))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot read file:" + root)
        .hasMessageEndingWith("/file (Permission denied)");

    assertThat(folder.read("other")).isEmpty();
  }

  @Test
  void contains_ofAFileThatCannotBeAskedFor_isNotAbsence() throws IOException {
    Path loop = root.resolve("loop");
    Files.createSymbolicLink(loop, loop); // the error is the kernel's
    Folder folder = on(LocalDisk.class);

    assertThatThrownBy(() -> folder.contains("loop"))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot look for file:" + loop)
        .hasMessageEndingWith(reasonOf(loop));
    assertThatThrownBy(() -> folder.names("")).isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> folder.names("loop")).isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> folder.walk("loop")).isInstanceOf(StoreAccessException.class);

    Files.delete(loop);
    Files.writeString(root.resolve("file"), "");
    assertThat(folder.contains("loop")).isFalse();
    assertThat(folder.names("loop")).isEmpty();
    assertThat(folder.contains("file/inside")).isFalse();
  }

  /** The system's text for the error, in the language of this process. */
  private static String reasonOf(Path file) throws IOException {
    try {
      return "none, it has %s bytes".formatted(Files.size(file));
    } catch (FileSystemException e) {
      return String.valueOf(e.getReason());
    }
  }

  /** A disk on which another process creates a file just after it was found missing. */
  static final class Racing extends LocalDisk {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      try {
        return super.open(file, bufferSize);
      } catch (FileNotFoundException e) {
        Files.writeString(Path.of(file.toUri().getPath()), "new");
        throw e;
      }
    }
  }

  @Test
  void read_ofAFileThatComesInThatMoment_findsIt() {
    assertThat(on(Racing.class).read("file")).hasValue("new".getBytes(UTF_8));
  }

  /** A disk that, between any two reads, reads on but loses the answer. */
  static final class Forgetful extends LocalDisk {
    private boolean isLost;

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      FSDataInputStream in = super.open(file, bufferSize);
      return new FSDataInputStream(
          new LocalInput(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
              isLost = !isLost;
              if (isLost) {
                var unused = super.read(new byte[length], 0, length);
                throw new IOException("Input/output error");
              }
              return super.read(buffer, offset, length);
            }
          });
    }
  }

  @Test
  void stream_ofAFileThatCannotBeReadForAMoment_readsOnWhereItWas() throws IOException {
    Files.writeString(root.resolve("file"), "one two three");

    try (InputStream in = on(Forgetful.class).stream("file")) {
      assertThat(in.read()).isEqualTo('o');
      assertThat(in.readNBytes(6)).isEqualTo("ne two".getBytes(UTF_8));
      assertThat(in.readAllBytes()).isEqualTo(" three".getBytes(UTF_8));
    }
  }

  /** A disk of which the first handle of a file is lost at once, and for good. */
  static final class Stale extends LocalDisk {
    private boolean isOpened;

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      FSDataInputStream in = super.open(file, bufferSize);
      if (isOpened) {
        return in;
      }
      isOpened = true;
      return new FSDataInputStream(
          new LocalInput(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
              throw new IOException("Stale file handle");
            }
          });
    }
  }

  @Test
  void stream_ofAFileWhoseHandleIsLost_opensItAnew() throws IOException {
    Files.writeString(root.resolve("file"), "one two");

    try (InputStream in = on(Stale.class).stream("file")) {
      assertThat(in.readAllBytes()).isEqualTo("one two".getBytes(UTF_8));
    }
  }

  private Folder on(Class<? extends LocalDisk> disk) {
    return Folder.of(root.toString(), Map.of(LocalDisk.CLASS, disk.getName()));
  }
}
