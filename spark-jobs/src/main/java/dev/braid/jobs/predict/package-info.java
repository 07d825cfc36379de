/** Batch prediction: classifies the pictures of a folder, a list or a table with a version. */
@NullMarked
package dev.braid.jobs.predict;

import org.jspecify.annotations.NullMarked;
