package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses the pictures of each class that move to another split.
 *
 * <p>The choice is a function of the seed and the pictures' bytes; names and order have no effect.
 * All copies of a picture move together.
 */
final class SeededCut {
  /** The number of a class's distinct pictures that move. */
  @FunctionalInterface
  interface Share {
    int of(int pictures);
  }

  private final long seed;
  private final String purpose;
  private final Share share;

  SeededCut(long seed, String purpose, Share share) {
    this.seed = seed;
    this.purpose = purpose;
    this.share = share;
  }

  /** A tenth of each class, one to twenty pictures; a class of one picture keeps it. */
  static SeededCut validation(long seed) {
    return new SeededCut(seed, "validation", n -> n < 2 ? 0 : Math.max(1, Math.min(20, n / 10)));
  }

  /** A fifth of each class, at least one picture; a class of one picture keeps it. */
  static SeededCut test(long seed) {
    return new SeededCut(seed, "test", n -> n < 2 ? 0 : Math.max(1, n / 5));
  }

  /** All of each class but the shots. */
  static SeededCut beyondShots(long seed, int shots) {
    return new SeededCut(seed, "shots", n -> Math.max(0, n - shots));
  }

  /** The digests of the pictures that move, given the distinct pictures of each class. */
  Set<Digest> chosen(Collection<Set<Digest>> classes) {
    Set<Digest> chosen = new HashSet<>();
    for (Set<Digest> pictures : classes) {
      pictures.stream()
          .sorted(Comparator.comparing(this::draw))
          .limit(share.of(pictures.size()))
          .forEach(chosen::add);
    }
    return chosen;
  }

  private Digest draw(Digest picture) {
    return Digest.of(purpose + " " + seed + " " + picture);
  }
}
