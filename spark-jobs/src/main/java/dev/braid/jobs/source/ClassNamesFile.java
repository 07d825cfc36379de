package dev.braid.jobs.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file of class names. */
record ClassNamesFile(String source, Path file) {
  List<String> names(Configuration configuration) throws IOException {
    if (!file.getFileSystem(configuration).exists(file)) {
      throw new RefusedDatasetException(
          "Cannot read pictures from %s: no such file of class names: %s", source, file);
    }
    return new String(
            SourceFile.read("class names in", file, configuration), StandardCharsets.UTF_8)
        .lines()
        .map(ClassNameList::name)
        .toList();
  }
}
