package dev.braid.jobs.rule;

import dev.braid.model.TaskId;
import dev.braid.model.record.Features;
import java.io.Serializable;

/**
 * Stored features for the fit of one task.
 *
 * @param base of its validation pictures, by the base
 * @param expert of the same pictures, by the task's expert
 * @param classes of its classes, by the expert
 */
record TaskFeatures(TaskId task, Features base, Features expert, Features classes)
    implements Serializable {}
