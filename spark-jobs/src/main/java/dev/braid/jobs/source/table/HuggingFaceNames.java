package dev.braid.jobs.source.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.VisibleFiles;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/**
 * The class names that a data set of Hugging Face declares: in the footer of its Parquet files (key
 * {@code huggingface}), or else in its card ({@code README.md}).
 *
 * @param allowed where the card may lie
 * @param options Hadoop's settings for the file system of the files
 */
record HuggingFaceNames(VisibleFiles files, AllowedRoots allowed, SortedMap<String, String> options)
    implements OpenTable.DeclaredNames {
  private static final String KEY = "huggingface";
  private static final String CARD = "README.md";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Optional<List<String>> of(String labelColumn) {
    return inFooter(labelColumn).or(() -> inCard(labelColumn));
  }

  private Optional<List<String>> inFooter(String column) {
    Optional<List<String>> first = Optional.empty();
    for (FileEntry file : files.parquet()) {
      Optional<List<String>> names = inFooter(files.path(file), column);
      if (first.isPresent() && names.isPresent() && !names.equals(first)) {
        throw new RefusedDatasetException(
            "Cannot read pictures from %s: the footers of its files name different classes, %s"
                + " others than files before it (give a file of class names)",
            files.place().path(), file.name());
      }
      first = first.or(() -> names);
    }
    return first;
  }

  private Optional<List<String>> inFooter(String path, String column) {
    String text = footer(path);
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode names = JSON.readTree(text).path("info").path("features").path(column).path("names");
      return names.isArray() ? Optional.of(texts(names)) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new RefusedDatasetException(
          "Cannot read pictures from %s: the entry '%s' in the footer of %s is not JSON",
          files.place().path(), KEY, path);
    }
  }

  private @Nullable String footer(String path) {
    try (ParquetFileReader file =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(path), Configurations.of(options)))) {
      return file.getFileMetaData().getKeyValueMetaData().get(KEY);
    } catch (IOException e) {
      throw new StoreAccessException("read the footer of", path, e);
    }
  }

  private static List<String> texts(JsonNode names) {
    List<String> texts = new ArrayList<>();
    names.forEach(name -> texts.add(name.asText()));
    return texts;
  }

  private Optional<List<String>> inCard(String column) {
    String root = files.place().path();
    if (files.isFile()) {
      return Optional.empty();
    }
    Optional<byte[]> card = files.place().parent(options).read(files.place().name() + "/" + CARD);
    card.ifPresent(
        found -> allowed.checkInside(root, new Path(root, CARD), Configurations.of(options)));
    return card.flatMap(found -> new DatasetCard(root, found).names(column));
  }
}
