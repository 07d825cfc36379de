package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RunId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of a file under a store's root, by its name. */
public sealed interface StoredName {
  /** Ends the name of a file that was moved aside. */
  String ASIDE = ".corrupt";

  /** {@code store.json}. */
  record Info() implements StoredName {}

  /** An immutable object. */
  record Stored(Digest digest, String extension) implements StoredName {}

  /** A version's manifest. */
  record Manifest(LineId line, int number) implements StoredName {}

  /** A receipt. */
  record ReceiptFile(String stage, Digest inputs) implements StoredName {}

  /** A file of the inbox. */
  record Requested(int number) implements StoredName {}

  /** How a run ended. */
  record RunFile(LineId line, RunId run) implements StoredName {}

  /** Who works on a line. */
  record LeaseFile(LineId line) implements StoredName {}

  /** A file being written, or left by a writer that was killed. */
  record Temporary() implements StoredName {}

  /**
   * A file of work in progress.
   *
   * @param area the staging area
   * @param inside the file's kind in the area; a {@link Round} or as in a store
   */
  record InArea(String area, StoredName inside) implements StoredName {}

  /** The state of a training between two rounds, in its area. */
  record Round() implements StoredName {}

  /** A list of files that are marked for deletion, or whose marks are lifted. */
  record TombstoneFile(Digest id) implements StoredName {}

  /** A file that was moved aside because its bytes were not what was stored. */
  record Aside() implements StoredName {}

  /** A file that is not Braid's and is left alone. */
  record Foreign() implements StoredName {}

  /** The kind of the file at a path under the root. */
  static StoredName of(String path) {
    try {
      return path.endsWith(ASIDE) ? new Aside() : Forms.parse(path);
    } catch (IllegalArgumentException invalidLineOrStage) {
      return new Foreign();
    }
  }

  /** The forms of names. */
  final class Forms {
    private static final Pattern OBJECT =
        Pattern.compile("objects/([0-9a-f]{2})/(\\1[0-9a-f]{62})\\.([a-z0-9]+)");
    private static final Pattern MANIFEST = Pattern.compile("versions/([^/]+)/([0-9]{6})\\.json");
    private static final Pattern RECEIPT =
        Pattern.compile("receipts/([^/]+)/([0-9a-f]{64})\\.json");
    private static final Pattern REQUEST = Pattern.compile("inbox/([0-9]{6})\\.json");
    private static final Pattern RUN = Pattern.compile("runs/([^/]+)/([^/]+)\\.json");
    private static final Pattern LEASE = Pattern.compile("leases/([^/]+)\\.json");
    private static final Pattern TOMBSTONE =
        Pattern.compile("condemned/(?:waiting|deleting|lifted)/([0-9a-f]{64})\\.json");
    private static final Pattern TEMPORARY = Pattern.compile("staging/(objects|commits)/[^/]+");
    private static final Pattern AREA = Pattern.compile("staging/areas/([^/]+)/(.+)");
    private static final Pattern ROUND = Pattern.compile("rounds/[0-9]{9}\\.json");

    private Forms() {}

    private static StoredName parse(String path) {
      Matcher object = OBJECT.matcher(path);
      if (object.matches()) {
        return new Stored(new Digest(object.group(2)), object.group(3));
      }
      Matcher manifest = MANIFEST.matcher(path);
      if (manifest.matches()) {
        return new Manifest(new LineId(manifest.group(1)), Integer.parseInt(manifest.group(2)));
      }
      Matcher receipt = RECEIPT.matcher(path);
      if (receipt.matches()) {
        Receipt.checkStage(receipt.group(1));
        return new ReceiptFile(receipt.group(1), new Digest(receipt.group(2)));
      }
      Matcher request = REQUEST.matcher(path);
      if (request.matches()) {
        return new Requested(Integer.parseInt(request.group(1)));
      }
      Matcher run = RUN.matcher(path);
      if (run.matches()) {
        return new RunFile(new LineId(run.group(1)), new RunId(run.group(2)));
      }
      Matcher lease = LEASE.matcher(path);
      if (lease.matches()) {
        return new LeaseFile(new LineId(lease.group(1)));
      }
      Matcher tombstone = TOMBSTONE.matcher(path);
      if (tombstone.matches()) {
        return new TombstoneFile(new Digest(tombstone.group(1)));
      }
      Matcher area = AREA.matcher(path);
      if (area.matches()) {
        return new InArea(area.group(1), parse(area.group(2)));
      }
      if (ROUND.matcher(path).matches()) {
        return new Round();
      } else if (TEMPORARY.matcher(path).matches()) {
        return new Temporary();
      }
      return path.equals(ModelStore.INFO) ? new Info() : new Foreign();
    }
  }
}
