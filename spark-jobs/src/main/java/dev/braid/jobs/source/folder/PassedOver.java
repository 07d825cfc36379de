package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.SystemEntries;
import java.util.ArrayList;
import java.util.List;

/** Counts the entries of a folder that are neither class folders nor pictures. */
final class PassedOver {
  private final Kind system = new Kind("hidden or system");
  private final Kind beside = new Kind("other");

  /** An entry of {@link SystemEntries}. */
  void system(String path) {
    system.add(path);
  }

  /** An entry beside the class folders, or beside the folders of the splits. */
  void beside(String path) {
    beside.add(path);
  }

  /** One clause for each kind that was found, such as "2 system entries (such as a/Thumbs.db)". */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    system.remark(remarks);
    beside.remark(remarks);
    return remarks;
  }

  private static final class Kind {
    private final String name;
    private int count;
    private String first = "";

    Kind(String name) {
      this.name = name;
    }

    void add(String path) {
      first = count++ == 0 ? path : first;
    }

    void remark(List<String> remarks) {
      if (count > 0) {
        String entries = count == 1 ? "entry" : "entries";
        String example = count == 1 ? first : "such as " + first;
        remarks.add("%s %s %s (%s)".formatted(count, name, entries, example));
      }
    }
  }
}
