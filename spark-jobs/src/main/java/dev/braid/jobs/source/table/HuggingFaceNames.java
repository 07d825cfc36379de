package dev.braid.jobs.source.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.VisibleFiles;
import dev.braid.jobs.stage.Configurations;
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
 * @param options Hadoop's settings for the file system of the files
 */
record HuggingFaceNames(VisibleFiles files, SortedMap<String, String> options)
    implements OpenTable.DeclaredNames {
  private static final String KEY = "huggingface";
  private static final String CARD = "README.md";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Optional<List<String>> of(String labelColumn) {
    return inFooter(labelColumn).or(() -> inCard(labelColumn));
  }

  private Optional<List<String>> inFooter(String column) {
    String path = files.path(files.parquet().get(0));
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
    return files.isFile()
        ? Optional.empty()
        : files
            .place()
            .parent(options)
            .read(files.place().name() + "/" + CARD)
            .flatMap(card -> new DatasetCard(files.place().path(), card).names(column));
  }
}
