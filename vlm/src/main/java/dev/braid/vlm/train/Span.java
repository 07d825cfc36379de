package dev.braid.vlm.train;

/** A range of a tensor's elements: from an index up to, not including, another. */
public record Span(int from, int to) {}
