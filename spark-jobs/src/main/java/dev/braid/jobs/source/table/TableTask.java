package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.folder.ImageFolder;

/**
 * What a task says of its table.
 *
 * @param names where the class names come from
 * @param allowed where pictures and class names may lie
 */
record TableTask(TableColumns columns, ImageFolder.ClassNames names, AllowedRoots allowed) {}
