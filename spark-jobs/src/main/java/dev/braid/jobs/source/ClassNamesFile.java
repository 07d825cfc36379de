package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** A file of class names, one a line, in UTF-8 with or without a byte-order mark. */
public record ClassNamesFile(String source, Path file) {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * The names, without blank lines at the end.
   *
   * @throws RefusedDatasetException if it is not there, or not such a file, or has fewer than two
   *     names
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  public List<String> names(Configuration configuration) throws IOException {
    List<String> lines =
        new ArrayList<>(text(configuration).lines().map(ClassNameList::name).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    if (lines.contains("")) {
      throw refused("line %s of the class names in %s is blank", lines.indexOf("") + 1, file);
    }
    if (lines.size() < 2) {
      throw refused(
          "the file of class names %s has %s (at least two)",
          file, lines.isEmpty() ? "no name" : "one name, '" + lines.get(0) + "'");
    }
    return lines;
  }

  private String text(Configuration configuration) throws IOException {
    byte[] encoded = bytes(files(configuration));
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused("the class names in %s are not UTF-8 text", file);
    }
  }

  private SourceFiles files(Configuration configuration) throws IOException {
    try {
      return SourceFiles.at(file, configuration);
    } catch (UnsupportedFileSystemException e) {
      throw refused("the class names in %s cannot be read: %s", file, unsupported(file));
    }
  }

  /** Why a path's file system is none that can be read. */
  public static String unsupported(Path path) {
    return String.valueOf(path.toUri().getScheme()).matches(SourceFiles.WEB)
        ? "nothing is read from the web"
        : "no file system of this scheme is configured";
  }

  private byte[] bytes(SourceFiles files) throws IOException {
    try {
      if (files.entry(file).kind() == SourceEntry.Kind.FOLDER) {
        throw refused("the file of class names %s is a folder (expected: one name per line)", file);
      }
      return files.read(file);
    } catch (FileNotFoundException e) {
      throw refused("no such file of class names: %s", file);
    } catch (UnreadableFileException e) {
      throw refused("the class names in %s cannot be read: %s", file, e.why());
    } catch (IOException e) {
      throw new StoreAccessException("read the class names in", file, e);
    }
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: %s", source, why.formatted(values));
  }
}
