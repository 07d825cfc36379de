package dev.braid.jobs.evaluate;

import dev.braid.model.record.Calibration;
import dev.braid.model.record.Features;
import java.util.List;
import java.util.Optional;

/**
 * A model that answers pictures of a set, and its stored features.
 *
 * @param task the index in the label space of the task over whose classes it answers
 * @param isOwn whether these are the classes that it was trained on
 * @param rows for every chunk of the set, the offsets of the pictures that have features
 * @param pictures empty if they are missing, like {@code classes}
 */
record MemberModel(
    int task,
    boolean isOwn,
    Calibration calibration,
    List<List<Integer>> rows,
    Optional<Features> pictures,
    Optional<Features> classes) {}
