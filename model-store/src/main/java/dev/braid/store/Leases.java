package dev.braid.store;

import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.run.LeaseParser;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The files that say who works on a line. They are advice: commits are safe without them. */
public final class Leases {
  static final String FOLDER = "leases";

  private final Folder folder;

  Leases(Folder folder) {
    this.folder = folder;
  }

  /**
   * A lease as it is in the store.
   *
   * @param written when, by the clock that dates the files
   */
  public record Found(LeaseRecord lease, Instant written) {}

  /** The lease of a line; empty if there is none, or nobody can read it. */
  public Optional<Found> find(LineId line) {
    String name = name(line);
    Optional<FileEntry> entry = folder.entry(name);
    try {
      return entry.flatMap(
          file ->
              folder
                  .read(name)
                  .map(json -> new Found(LeaseParser.fromJson(json, name), file.modified())));
    } catch (StoreFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** Writes a lease over the one that is there. */
  public void write(LeaseRecord lease) {
    byte[] json = LeaseParser.toJson(lease);
    String staged = "staging/commits/" + UUID.randomUUID();
    try (NewFile file = folder.create(staged)) {
      file.write(json, 0, json.length);
    }
    folder.move(staged, name(lease.line()));
  }

  /** Deletes the lease of a line. */
  public void delete(LineId line) {
    folder.delete(name(line));
  }

  /** The time of the clock that dates the files. */
  public Instant now() {
    return folder.now("staging/commits/" + UUID.randomUUID());
  }

  private static String name(LineId line) {
    return "%s/%s.json".formatted(FOLDER, line);
  }
}
