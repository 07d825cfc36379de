/**
 * The demo's picture world: domains that look unlike each other, each with classes and templates.
 */
@NullMarked
package dev.braid.demo.world;

import org.jspecify.annotations.NullMarked;
