package dev.braid.jobs.evaluate;

/**
 * The answer for a picture of a set.
 *
 * @param label the picture's class, among those of the tested set
 * @param task the index in the label space of the task whose class is the answer
 * @param classIndex the index of that class in the task
 * @param probability of the answer
 * @param isCorrect whether the answer and the picture's class are one label
 */
record Answer(int label, int task, int classIndex, double probability, boolean isCorrect) {}
