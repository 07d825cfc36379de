/** Files by relative path in a folder of any Hadoop file system; the only place that opens one. */
@NullMarked
package dev.braid.store.file;

import org.jspecify.annotations.NullMarked;
