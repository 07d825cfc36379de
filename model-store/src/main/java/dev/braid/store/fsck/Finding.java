package dev.braid.store.fsck;

/**
 * A fault or a remark about a file of a store.
 *
 * @param file the file under the store's root
 * @param what what is wrong with it
 * @param impact what depends on it, and what can be done
 */
public record Finding(Severity severity, String file, String what, String impact, Remedy remedy) {
  /** How serious it is. */
  public enum Severity {
    /** Something that was stored is lost or cannot be trusted. */
    FAULT,
    /** Nothing is lost; an operator may want to know, or to clean up. */
    NOTE
  }

  /** What a repair does about it. */
  public enum Remedy {
    /** Nothing: an operator has to decide. */
    NONE("left as it is"),
    /** Renames the file so that nothing refers to it; its bytes stay. */
    MOVE_ASIDE("moved aside"),
    /** Deletes the file or the staging area, which is not needed. */
    DELETE("deleted");

    private final String done;

    Remedy(String done) {
      this.done = done;
    }

    /** What was done, in words. */
    public String done() {
      return done;
    }
  }

  static Finding fault(String file, String what, String impact, Remedy remedy) {
    return new Finding(Severity.FAULT, file, what, impact, remedy);
  }

  static Finding note(String file, String what, String impact, Remedy remedy) {
    return new Finding(Severity.NOTE, file, what, impact, remedy);
  }

  /** The finding as one sentence. */
  public String sentence() {
    return "%s: %s; %s".formatted(file, what, impact);
  }
}
