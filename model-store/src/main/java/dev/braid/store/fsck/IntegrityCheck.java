package dev.braid.store.fsck;

import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.Version;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.json.InboxParser;
import dev.braid.store.json.NewerReleaseException;
import dev.braid.store.json.ReceiptParser;
import dev.braid.store.json.Seal;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.StoreInfoParser;
import dev.braid.store.json.VersionParser;
import dev.braid.store.json.run.LeaseParser;
import dev.braid.store.json.run.RunParser;
import java.util.Optional;

/** Compares a file's bytes with its name and its seal. */
final class IntegrityCheck {
  private final StoreFiles files;

  IntegrityCheck(StoreFiles files) {
    this.files = files;
  }

  /** What is wrong with a file, apart from other files; nothing if it has been deleted. */
  Optional<String> fault(String name) {
    StoredName is = StoredName.of(name);
    StoredName inside = is instanceof StoredName.InArea area ? area.inside() : is;
    if (!files.contains(name)) {
      return Optional.empty();
    }
    if (inside instanceof StoredName.Stored object) {
      return digestFault(name, object.digest());
    } else if (inside instanceof StoredName.TombstoneFile tombstoneFile) {
      return digestFault(name, tombstoneFile.id());
    }
    return isSealed(inside) ? sealFault(name, inside) : Optional.empty();
  }

  private Optional<String> digestFault(String name, Digest expected) {
    Digest found = files.digest(name);
    return Optional.of("its bytes have the digest " + found.abbreviated())
        .filter(wrong -> !found.equals(expected));
  }

  private static boolean isSealed(StoredName is) {
    return !(is instanceof StoredName.Temporary
        || is instanceof StoredName.Aside
        || is instanceof StoredName.Foreign);
  }

  private Optional<String> sealFault(String name, StoredName is) {
    byte[] json = files.read(name);
    if (Seal.isBroken(json)) {
      return Optional.of("it does not end with the SHA-256 of its content");
    }
    try {
      return Optional.of("it is another file's content")
          .filter(other -> !isContentOf(is, json, name));
    } catch (NewerReleaseException intact) {
      return Optional.empty();
    } catch (StoreFormatException e) {
      return Optional.of("it is no such file (%s)".formatted(e.getMessage()));
    }
  }

  private static boolean isContentOf(StoredName is, byte[] json, String name) {
    if (is instanceof StoredName.Manifest manifest) {
      Version version = VersionParser.fromJson(json, name);
      return version.line().equals(manifest.line()) && version.number() == manifest.number();
    } else if (is instanceof StoredName.ReceiptFile receiptFile) {
      Receipt receipt = ReceiptParser.fromJson(json, name);
      return receipt.stage().equals(receiptFile.stage())
          && receipt.inputs().equals(receiptFile.inputs());
    } else if (is instanceof StoredName.Requested request) {
      return InboxParser.fromJson(json, name).number() == request.number();
    } else if (is instanceof StoredName.RunFile run) {
      RunRecord record = RunParser.fromJson(json, name);
      return record.line().equals(run.line()) && record.id().equals(run.run());
    } else if (is instanceof StoredName.LeaseFile lease) {
      return LeaseParser.fromJson(json, name).line().equals(lease.line());
    } else if (is instanceof StoredName.Info) {
      StoreInfoParser.fromJson(json, name);
    } else {
      Seal.open(json, name); // only the training job understands its rounds
    }
    return true;
  }
}
