package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.ClassNameList;
import dev.braid.jobs.source.ClassNamesFile;
import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceEntry;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.SystemEntries;
import dev.braid.jobs.source.UnreadableFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Lists a folder of pictures: its class names, and every file with its split and label. */
final class FolderListing {
  private static final String CLASSES_FILE = "classes.txt";

  private final ImageFolder source;
  private final Path root;
  private final Configuration configuration;
  private final SourceFiles files;
  private final PassedOver passedOver = new PassedOver();
  private final List<ListedPicture> pictures = new ArrayList<>();

  FolderListing(ImageFolder source, Configuration configuration) throws IOException {
    this.source = source;
    this.root = hadoopPath(source.root());
    this.configuration = configuration;
    try {
      this.files = SourceFiles.at(root, configuration);
    } catch (UnsupportedFileSystemException e) {
      throw refused("%s", ClassNamesFile.unsupported(root));
    }
  }

  PictureListing list() throws IOException {
    checkRoot();
    List<ClassFolder> folders = classFolders();
    SortedSet<String> folderNames = new TreeSet<>();
    folders.forEach(folder -> folderNames.add(folder.className()));
    if (folderNames.isEmpty()) {
      throw refused("it has no class folders");
    }
    checkNotWrapped(folders);
    List<String> names = ClassNameList.checked(source.root(), classNames(folderNames));
    Map<String, Integer> labels = new ClassLabels(source.root(), listName(), names).of(folderNames);
    for (ClassFolder folder : folders) {
      int label = labels.getOrDefault(folder.className(), 0);
      listPictures(folder.split(), label, folder.path(), new HashSet<>());
    }
    return new PictureListing(names, pictures, passedOver.remarks());
  }

  /** Refuses the folder around the folder that is meant, as archives often unpack it. */
  private void checkNotWrapped(List<ClassFolder> folders) throws IOException {
    ClassFolder only = folders.get(0);
    if (folders.size() == 1
        && only.split() == SourceSplit.NONE
        && files.entries(FolderPaths.path(root, only.path())).stream()
            .anyMatch(
                entry ->
                    entry.kind() == SourceEntry.Kind.FOLDER
                        && !SystemEntries.include(entry.name()))) {
      throw refused(
          "its only folder is %s/, which has folders in it; if they are the classes or splits, name"
              + " that folder",
          only.path());
    }
  }

  private Path hadoopPath(String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) { // Hadoop's word for what it cannot parse
      throw refused("'%s' is no path", path);
    }
  }

  private void checkRoot() throws IOException {
    source.allowed().checkNamed(root, configuration);
    try {
      SourceEntry entry = files.entry(root);
      switch (entry.kind()) {
        case FOLDER -> {}
        case CLOSED -> throw refused(UnreadableFileException.DENIED);
        case BROKEN_LINK -> throw refused("it is a link to nothing");
        case FILE, SPECIAL -> throw refused("it is not a folder");
      }
    } catch (FileNotFoundException e) {
      throw refused("no such folder");
    }
  }

  /** The class folders of all splits: train first, and each split's in the order of their names. */
  private List<ClassFolder> classFolders() throws IOException {
    List<String> top = folders("");
    SortedMap<SourceSplit, String> splits = new SplitFolders(source.root(), files, root).among(top);
    List<ClassFolder> found = new ArrayList<>();
    if (splits.isEmpty()) {
      addClasses(SourceSplit.NONE, "", top, found);
    }
    top.stream()
        .filter(folder -> !splits.isEmpty() && !splits.containsValue(folder))
        .forEach(folder -> passedOver.beside(folder + "/"));
    for (Map.Entry<SourceSplit, String> split : splits.entrySet()) {
      List<String> classes = folders(split.getValue());
      if (classes.isEmpty()) {
        throw refused("%s/ has no class folders", split.getValue());
      }
      addClasses(split.getKey(), split.getValue(), classes, found);
    }
    return found;
  }

  private void addClasses(
      SourceSplit split, String parent, List<String> names, List<ClassFolder> found) {
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      ClassFolder folder = new ClassFolder(split, below(parent, name), ClassNameList.name(name));
      if (!taken.add(folder.className())) {
        throw refused(
            "two folders belong to the class '%s': their names differ only in blanks at the ends"
                + " or in how letters with accents are composed",
            below(parent, folder.className()));
      }
      found.add(folder);
    }
  }

  private String listName() {
    return source.names() instanceof ImageFolder.ClassNames.Listed listed
        ? listed.file()
        : CLASSES_FILE;
  }

  private List<String> classNames(SortedSet<String> folders) throws IOException {
    if (source.names() instanceof ImageFolder.ClassNames.Listed listed) {
      Path file = hadoopPath(listed.file());
      source.allowed().checkNamed(file, configuration);
      return new ClassNamesFile(source.root(), file).names(configuration);
    }
    Path file = new Path(root, CLASSES_FILE);
    try {
      var unused = files.entry(file);
    } catch (FileNotFoundException absent) {
      return List.copyOf(folders);
    }
    source.allowed().checkInside(source.root(), file, configuration);
    return new ClassNamesFile(source.root(), file).names(configuration);
  }

  /**
   * Adds the pictures of a class folder, or of a folder inside it.
   *
   * @param above where the folders above it really are
   */
  private void listPictures(SourceSplit split, int label, String folder, Set<String> above)
      throws IOException {
    for (SourceEntry entry : entries(folder)) {
      String path = below(folder, entry.name());
      switch (entry.kind()) {
        case FOLDER -> listInside(split, label, path, above);
        case SPECIAL ->
            throw refused("%s is no regular file (a pipe, socket or device); remove it", path);
        case FILE, BROKEN_LINK, CLOSED -> pictures.add(new ListedPicture(split, label, path));
      }
    }
  }

  private void listInside(SourceSplit split, int label, String folder, Set<String> above)
      throws IOException {
    if (source.depth() == ImageFolder.Depth.DIRECT) {
      throw refused(
          "a folder inside a class, %s (pictures lie directly in their class's folder; with"
              + " --recursive also in folders inside it)",
          folder);
    }
    Set<String> chain = new HashSet<>(above);
    chain.add(files.realPath(FolderPaths.path(root, folder).getParent()));
    if (chain.contains(files.realPath(FolderPaths.path(root, folder)))) {
      throw refused("the link %s leads back to a folder above it", folder);
    }
    listPictures(split, label, folder, chain);
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** The names of the folders in the root or a split. */
  private List<String> folders(String parent) throws IOException {
    List<String> folders = new ArrayList<>();
    List<SourceEntry> entries = entries(parent);
    if (parent.isEmpty() && entries.isEmpty()) {
      throw refused("the folder is empty");
    }
    for (SourceEntry entry : entries) {
      String path = below(parent, entry.name());
      switch (entry.kind()) {
        case FOLDER -> folders.add(entry.name());
        case FILE, SPECIAL -> {
          if (!path.equals(CLASSES_FILE)) {
            passedOver.beside(path);
          }
        }
        case BROKEN_LINK -> throw refused("%s is a link to nothing; remove or restore it", path);
        case CLOSED -> throw refused("%s cannot be read: %s", path, UnreadableFileException.DENIED);
      }
    }
    return folders;
  }

  /** The entries of a folder of the source without those of the system. */
  private List<SourceEntry> entries(String folder) throws IOException {
    List<SourceEntry> entries = new ArrayList<>();
    try {
      for (SourceEntry entry :
          files.entries(folder.isEmpty() ? root : FolderPaths.path(root, folder))) {
        if (SystemEntries.include(entry.name())) {
          passedOver.system(below(folder, entry.name()));
        } else {
          entries.add(entry);
        }
      }
    } catch (UnreadableFileException e) {
      throw folder.isEmpty()
          ? refused("%s", e.why())
          : refused("the folder %s cannot be read: %s", folder, e.why());
    }
    return entries;
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: %s", source.root(), why.formatted(values));
  }
}
