/** What the server says: requests as values in, replies as values out, whatever the transport. */
@NullMarked
package dev.braid.serving.api;

import org.jspecify.annotations.NullMarked;
