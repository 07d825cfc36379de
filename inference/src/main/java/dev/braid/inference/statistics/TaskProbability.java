package dev.braid.inference.statistics;

import dev.braid.model.TaskId;

/**
 * p(t|x): how probable it is that a picture is from a task, given that it is from a learned one.
 *
 * @param probability from 0 to 1; those of all tasks of a version add up to 1
 */
public record TaskProbability(TaskId task, double probability) {}
