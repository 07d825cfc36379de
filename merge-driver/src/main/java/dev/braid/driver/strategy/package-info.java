/**
 * Ways to learn tasks that arrive one after another: the strategies of lines, and those that only
 * comparisons use (METHODS 2 to 4). {@link dev.braid.driver.strategy.Strategies} lists them all.
 */
@NullMarked
package dev.braid.driver.strategy;

import org.jspecify.annotations.NullMarked;
