package dev.braid.model.record;

import dev.braid.model.Digest;
import java.util.Optional;

/**
 * Who published versions, from where and with what, as the provenance of their manifests; no model
 * digest depends on it.
 *
 * @param user the account's name
 * @param host of the driver
 * @param codeVersion of Braid; {@code development} if it ran from source
 * @param settings digest of the settings in effect, without the options of the store and of Spark,
 *     which may contain secrets
 * @param sparkApplication Spark's id of the application; empty if no Spark job was needed
 */
public record Publication(
    String user,
    String host,
    String codeVersion,
    Digest settings,
    Optional<String> sparkApplication) {}
