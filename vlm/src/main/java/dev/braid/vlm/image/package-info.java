/** Pictures: encoded bytes in, the normalised squares that CLIP sees out, equal to Pillow's. */
@NullMarked
package dev.braid.vlm.image;

import org.jspecify.annotations.NullMarked;
