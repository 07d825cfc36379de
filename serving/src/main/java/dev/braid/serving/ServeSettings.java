package dev.braid.serving;

import dev.braid.serving.api.Limits;
import dev.braid.serving.batch.Batching;
import dev.braid.serving.http.Listening;
import dev.braid.serving.http.TransportLimits;
import dev.braid.serving.version.Following;

/**
 * How a server works.
 *
 * @param listening where, and to whom
 * @param transport what connections and requests may take
 * @param limits what a request may ask for
 * @param batching how pictures are answered together
 * @param following which versions answer
 */
public record ServeSettings(
    Listening listening,
    TransportLimits transport,
    Limits limits,
    Batching batching,
    Following following) {}
