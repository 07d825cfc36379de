/**
 * What the models of a version say about a picture, as one answer over a label space (METHODS 2.8).
 * Evaluations and predictions share it, so that they agree to the last picture.
 */
@NullMarked
package dev.braid.inference.answer;

import org.jspecify.annotations.NullMarked;
