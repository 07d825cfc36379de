/** The demo: the whole chain on generated pictures, with a control that forgets. */
@NullMarked
package dev.braid.demo;

import org.jspecify.annotations.NullMarked;
