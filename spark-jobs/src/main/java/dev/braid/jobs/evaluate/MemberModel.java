package dev.braid.jobs.evaluate;

import dev.braid.inference.answer.AnsweringModel;
import dev.braid.model.record.Features;
import java.util.List;
import java.util.Optional;

/**
 * A model that answers pictures of a set, and its stored features.
 *
 * @param rows for every chunk of the set, the offsets of the pictures that have features
 * @param pictures empty if they are missing, like {@code classes}
 */
record MemberModel(
    AnsweringModel model,
    List<List<Integer>> rows,
    Optional<Features> pictures,
    Optional<Features> classes) {}
