package dev.braid.driver.merging;

import dev.braid.inference.WeightsRef;
import java.util.Optional;

/**
 * A trained task that is to be merged.
 *
 * @param start what it was trained from
 * @param replaces what may stay of the task that it replaces, where one of its name is learned;
 *     nothing if it replaces none
 */
public record MergeRequest(TaskDraft task, WeightsRef start, Optional<Residue> replaces) {}
