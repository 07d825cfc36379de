/**
 * The pre-training data of the demo's base: captioned pictures in styles that no domain has.
 *
 * <p>The domains share words with them, such as circle, stripes, three, house and left, but not
 * styles.
 */
@NullMarked
package dev.braid.demo.primer;

import org.jspecify.annotations.NullMarked;
