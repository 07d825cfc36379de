/** The check that a device computes what the CPU computes, before anything is trained on it. */
@NullMarked
package dev.braid.vlm.device;

import org.jspecify.annotations.NullMarked;
