/** Collects the pictures of several requests and has them answered together. */
@NullMarked
package dev.braid.serving.batch;

import org.jspecify.annotations.NullMarked;
