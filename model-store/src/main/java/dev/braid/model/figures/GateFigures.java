package dev.braid.model.figures;

import dev.braid.model.TaskId;
import java.util.Optional;

/**
 * What the store keeps of a decision of the gate.
 *
 * @param task the task that the candidate adds
 * @param result the decision
 * @param head the accuracies of the version before; of a task that the candidate replaces, only
 *     with the task known
 * @param candidate the accuracies of the candidate, the added task among them
 * @param cost of the evaluation; empty if an earlier release did not record it
 */
public record GateFigures(
    TaskId task,
    GateResult result,
    ValidationFigures head,
    ValidationFigures candidate,
    Optional<EvaluationCost> cost) {}
