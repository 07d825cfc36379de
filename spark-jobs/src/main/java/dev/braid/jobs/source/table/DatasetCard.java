package dev.braid.jobs.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.braid.jobs.source.RefusedDatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The card of a data set on the Hugging Face hub: a Markdown file that begins with YAML between two
 * lines of dashes.
 */
final class DatasetCard {
  private static final String FENCE = "---";

  private final String dataset;
  private final String text;

  /**
   * A card.
   *
   * @param dataset its name in messages
   */
  DatasetCard(String dataset, byte[] card) {
    this.dataset = dataset;
    this.text = new String(card, StandardCharsets.UTF_8);
  }

  /**
   * The class names of a column of labels, by label.
   *
   * @throws RefusedDatasetException if the YAML cannot be read, or two configurations of the data
   *     set name different classes
   */
  Optional<List<String>> names(String column) {
    JsonNode info = yaml().path("dataset_info");
    Set<List<String>> found = new LinkedHashSet<>();
    for (JsonNode configuration : info.isArray() ? info : List.of(info)) {
      for (JsonNode feature : configuration.path("features")) {
        JsonNode names = feature.path("dtype").path("class_label").path("names");
        if (feature.path("name").asText().equals(column) && !names.isMissingNode()) {
          found.add(byLabel(names));
        }
      }
    }
    if (found.size() > 1) {
      throw refused("its configurations name different classes (give a file of class names)");
    }
    return found.stream().findFirst();
  }

  /** The names of a list, or of a map from labels. */
  private List<String> byLabel(JsonNode names) {
    List<String> inOrder = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      JsonNode name = names.isArray() ? names.get(label) : names.path(String.valueOf(label));
      if (!name.isValueNode()) {
        throw refused("it names %s classes, but none for label %s".formatted(names.size(), label));
      }
      inOrder.add(name.asText());
    }
    return inOrder;
  }

  private JsonNode yaml() {
    List<String> lines = text.lines().toList();
    int end = lines.isEmpty() ? -1 : lines.subList(1, lines.size()).indexOf(FENCE);
    if (end < 0 || !lines.get(0).strip().equals(FENCE)) {
      return YAMLMapper.builder().build().createObjectNode();
    }
    try {
      return YAMLMapper.builder().build().readTree(String.join("\n", lines.subList(1, end + 1)));
    } catch (IOException e) {
      throw refused("its YAML cannot be read");
    }
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: the card README.md: %s", dataset, why);
  }
}
