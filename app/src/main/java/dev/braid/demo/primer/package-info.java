/**
 * What the demo's base is pre-trained on: captioned pictures in styles that no domain has.
 *
 * <p>Words are shared with the domains — circle, stripes, three, house, left —, styles are not.
 */
@NullMarked
package dev.braid.demo.primer;

import org.jspecify.annotations.NullMarked;
