/**
 * The demo's base: a tiny CLIP, its vocabulary and the pre-training that creates its weights.
 *
 * <p>The jar contains the weights; {@link dev.braid.demo.base.PretrainDemoBase} rebuilds them.
 */
@NullMarked
package dev.braid.demo.base;

import org.jspecify.annotations.NullMarked;
