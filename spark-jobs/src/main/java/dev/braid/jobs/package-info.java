/** What runs on executors: training, features, prototypes and evaluation as Spark jobs. */
@NullMarked
package dev.braid.jobs;

import org.jspecify.annotations.NullMarked;
