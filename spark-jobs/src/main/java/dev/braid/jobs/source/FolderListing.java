package dev.braid.jobs.source;

import dev.braid.vlm.text.ClassNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Lists a folder of pictures: its class names, and every file with its split and label. */
final class FolderListing {
  private static final String CLASSES_FILE = "classes.txt";

  private final ImageFolder source;
  private final Path root;
  private final FileSystem files;

  FolderListing(ImageFolder source, Configuration configuration) throws IOException {
    this.source = source;
    this.root = new Path(source.root());
    try {
      this.files = root.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException e) {
      throw refused("no file system of this scheme is configured");
    }
  }

  PictureListing list() throws IOException {
    checkRoot();
    List<SourceSplit> splits = splits();
    SortedSet<String> folders = new TreeSet<>();
    for (SourceSplit split : splits) {
      folders.addAll(names(folders(directory(split))));
    }
    if (folders.isEmpty()) {
      throw refused("it has no class folders");
    }
    List<String> names = ClassNameList.checked(source.root(), classNames(folders));
    Map<String, Integer> labels = labels(names, folders);
    List<ListedPicture> pictures = new ArrayList<>();
    for (SourceSplit split : splits) {
      List<String> present = names(folders(directory(split)));
      for (Map.Entry<String, Integer> folder : labels.entrySet()) {
        if (present.contains(folder.getKey())) {
          listClass(split, folder.getValue(), folder.getKey(), pictures);
        }
      }
    }
    return new PictureListing(names, pictures);
  }

  private void checkRoot() throws IOException {
    source.allowed().checkNamed(root, files.getConf());
    try {
      if (!files.getFileStatus(root).isDirectory()) {
        throw refused("it is not a folder");
      }
    } catch (FileNotFoundException e) {
      throw refused("no such folder");
    }
    if (children(root).isEmpty()) {
      throw refused("the folder is empty");
    }
  }

  private List<SourceSplit> splits() throws IOException {
    boolean train = files.exists(directory(SourceSplit.TRAIN));
    boolean test = files.exists(directory(SourceSplit.TEST));
    if (train != test) {
      throw refused(
          "it has "
              + (train ? "train/ but no test/" : "test/ but no train/")
              + " (give both, or class folders alone)");
    }
    return train ? List.of(SourceSplit.TRAIN, SourceSplit.TEST) : List.of(SourceSplit.NONE);
  }

  private Path directory(SourceSplit split) {
    return split == SourceSplit.NONE ? root : new Path(root, folder(split));
  }

  private static String folder(SourceSplit split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private List<String> classNames(SortedSet<String> folders) throws IOException {
    if (source.names() instanceof ImageFolder.ClassNames.Listed listed) {
      return lines(new Path(listed.file()));
    }
    Path found = new Path(root, CLASSES_FILE);
    return files.exists(found) ? lines(found) : List.copyOf(folders);
  }

  private List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>(text(file).lines().map(String::strip).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private void checkAllowed(Path names) {
    if (source.names() instanceof ImageFolder.ClassNames.Listed) {
      source.allowed().checkNamed(names, files.getConf());
    } else {
      source.allowed().checkInside(source.root(), names, files.getConf());
    }
  }

  private String text(Path file) throws IOException {
    FileSystem system = file.getFileSystem(files.getConf());
    checkAllowed(file);
    if (!system.exists(file)) {
      throw refused("no such file of class names: " + file);
    }
    if (system.getFileStatus(file).isDirectory()) {
      throw refused(
          "the file of class names %s is a folder (expected: one name per line)".formatted(file));
    }
    byte[] encoded = SourceFile.read("class names in", file, files.getConf());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException e) {
      throw refused("the class names in %s are not UTF-8 text".formatted(file));
    }
  }

  /** The label of each folder: folders have the names of their classes, or all have numbers. */
  private Map<String, Integer> labels(List<String> names, SortedSet<String> folders) {
    Map<String, Integer> byName = new HashMap<>();
    for (int label = 0; label < names.size(); label++) {
      byName.put(ClassNames.label(names.get(label)), label);
    }
    boolean allNamed = folders.stream().allMatch(f -> byName.containsKey(ClassNames.label(f)));
    Map<String, Integer> labels = new TreeMap<>();
    for (String folder : folders) {
      Integer named = byName.get(ClassNames.label(folder));
      int label = allNamed && named != null ? named : number(folder, names.size());
      if (labels.containsValue(label)) {
        throw refused(
            "two folders belong to the class '" + names.get(label) + "'; one is " + folder);
      }
      labels.put(folder, label);
    }
    return labels;
  }

  private int number(String folder, int classes) {
    if (!folder.matches("[0-9]{1,9}") || Integer.parseInt(folder) >= classes) {
      throw refused(
          "the folder '%s' is not a class (neither one of the %s listed names nor a number below %s)"
              .formatted(folder, classes, classes));
    }
    return Integer.parseInt(folder);
  }

  private void listClass(SourceSplit split, int label, String folder, List<ListedPicture> pictures)
      throws IOException {
    for (FileStatus child : children(path(directory(split), folder))) {
      String path = split == SourceSplit.NONE ? folder : folder(split) + "/" + folder;
      if (child.isDirectory()) {
        throw refused(
            "a folder inside a class, %s/%s (pictures lie directly in their class's folder)"
                .formatted(path, child.getPath().getName()));
      }
      pictures.add(new ListedPicture(split, label, path + "/" + child.getPath().getName()));
    }
  }

  /** Resolves a relative path; Hadoop would otherwise parse "a:b" as a scheme and a path. */
  static Path path(Path folder, String relative) {
    return new Path(folder, new Path(null, null, relative));
  }

  private List<FileStatus> folders(Path directory) throws IOException {
    return children(directory).stream().filter(FileStatus::isDirectory).toList();
  }

  private static List<String> names(List<FileStatus> children) {
    return children.stream().map(child -> child.getPath().getName()).toList();
  }

  /** The entries of a directory sorted by name, without hidden ones. */
  private List<FileStatus> children(Path directory) throws IOException {
    return Arrays.stream(files.listStatus(directory))
        .filter(child -> !child.getPath().getName().startsWith("."))
        .sorted(Comparator.comparing(child -> child.getPath().getName()))
        .toList();
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException("Cannot read pictures from %s: %s", source.root(), why);
  }
}
