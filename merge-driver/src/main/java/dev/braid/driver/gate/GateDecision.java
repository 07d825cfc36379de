package dev.braid.driver.gate;

import dev.braid.model.Digest;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateResult;

/**
 * What the gate decided, and by which figures.
 *
 * @param stored digest of both in the store
 */
public record GateDecision(GateInput input, GateResult result, Digest stored) {}
