/** The source whose pictures lie in class folders. */
@NullMarked
package dev.braid.jobs.source.folder;

import org.jspecify.annotations.NullMarked;
