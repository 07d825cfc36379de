/** What the server counts. The only package that touches Prometheus's client. */
@NullMarked
package dev.braid.serving.metrics;

import org.jspecify.annotations.NullMarked;
