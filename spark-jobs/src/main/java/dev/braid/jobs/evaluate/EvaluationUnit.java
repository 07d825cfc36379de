package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.LabelSpace;
import dev.braid.model.record.DatasetRecord;
import java.io.Serializable;

/**
 * One evaluation set, with the models that answer for it and the classes they choose from.
 *
 * @param classifier the one model that answers every picture, or the experts that are routed to
 */
record EvaluationUnit(
    EvaluationSet evaluationSet,
    DatasetRecord dataset,
    LabelSpace labelSpace,
    Classifier classifier)
    implements Serializable {}
