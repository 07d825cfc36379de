package dev.braid.store.fsck;

/**
 * One thing that was found in a store.
 *
 * @param file the file under the store's root
 * @param what what is wrong with it
 * @param impact what rests on it, and what can be done
 */
public record Finding(Severity severity, String file, String what, String impact, Remedy remedy) {
  /** How bad it is. */
  public enum Severity {
    /** Something that was stored is lost or cannot be trusted. */
    FAULT,
    /** Nothing is lost; somebody may want to know, or to tidy up. */
    NOTE
  }

  /** What a repair does about it. */
  public enum Remedy {
    /** Nothing: a person has to. */
    NONE("left as it is"),
    /** Gives the file a name under which nobody looks for it; its bytes stay. */
    MOVE_ASIDE("moved aside"),
    /** Deletes the file, or the staging area, which nobody needs. */
    DELETE("deleted");

    private final String done;

    Remedy(String done) {
      this.done = done;
    }

    /** What was done, for people. */
    public String done() {
      return done;
    }
  }

  static Finding fault(String file, String what, String harm, Remedy remedy) {
    return new Finding(Severity.FAULT, file, what, harm, remedy);
  }

  static Finding note(String file, String what, String harm, Remedy remedy) {
    return new Finding(Severity.NOTE, file, what, harm, remedy);
  }

  /** All of it in one sentence. */
  public String sentence() {
    return "%s: %s; %s".formatted(file, what, impact);
  }
}
