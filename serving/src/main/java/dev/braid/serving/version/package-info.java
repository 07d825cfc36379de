/** The versions that the server answers with: opened, checked, switched. */
@NullMarked
package dev.braid.serving.version;

import org.jspecify.annotations.NullMarked;
