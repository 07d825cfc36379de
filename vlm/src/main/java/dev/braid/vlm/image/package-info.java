/** Images: encoded bytes in, normalised squares out, with the same values as Pillow's. */
@NullMarked
package dev.braid.vlm.image;

import org.jspecify.annotations.NullMarked;
