/** The demo's domains: they differ in style, and each has classes and templates. */
@NullMarked
package dev.braid.demo.world;

import org.jspecify.annotations.NullMarked;
