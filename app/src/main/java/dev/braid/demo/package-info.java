/** The demo: the whole chain on pictures that it draws itself, with a control that forgets. */
@NullMarked
package dev.braid.demo;

import org.jspecify.annotations.NullMarked;
