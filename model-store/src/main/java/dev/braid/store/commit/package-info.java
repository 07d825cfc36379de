/** Exclusive creation of small files: the one thing that needs a guarantee of the file system. */
@NullMarked
package dev.braid.store.commit;

import org.jspecify.annotations.NullMarked;
