package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.ModelRecord;

/**
 * A merged model that no version names yet.
 *
 * @param model the model digest: that of the record's JSON, which is stored
 * @param health what the merge has to say about it
 */
public record Candidate(Digest model, ModelRecord record, MergeHealth health) {}
