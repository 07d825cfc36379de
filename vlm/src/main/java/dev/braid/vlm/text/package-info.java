/** Texts: class names and templates to prompts, and prompts to token ids. */
@NullMarked
package dev.braid.vlm.text;

import org.jspecify.annotations.NullMarked;
