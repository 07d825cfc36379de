/** The transport: sockets, limits, tokens and headers. The only package that touches Undertow. */
@NullMarked
package dev.braid.serving.http;

import org.jspecify.annotations.NullMarked;
