/** Texts: class names and templates to prompts, prompts to the token ids of CLIP's vocabulary. */
@NullMarked
package dev.braid.vlm.text;

import org.jspecify.annotations.NullMarked;
