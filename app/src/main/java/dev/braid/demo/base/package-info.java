/**
 * The demo's base: a tiny CLIP, its vocabulary and the pre-training that makes its weights.
 *
 * <p>The weights lie in the jar; {@link dev.braid.demo.base.PretrainDemoBase} makes them again.
 */
@NullMarked
package dev.braid.demo.base;

import org.jspecify.annotations.NullMarked;
