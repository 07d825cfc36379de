package dev.braid.vlm.train;

/** The elements of a tensor from one place up to, not including, another. */
record Span(int from, int to) {}
