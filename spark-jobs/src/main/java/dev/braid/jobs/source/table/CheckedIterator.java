package dev.braid.jobs.source.table;

import java.util.Iterator;

/** The rows of a table, whose own faults refuse it. */
record CheckedIterator<T>(String table, Iterator<T> rows) implements Iterator<T> {
  @Override
  public boolean hasNext() {
    return TableFaults.translated(table, rows::hasNext);
  }

  @Override
  public T next() {
    return TableFaults.translated(table, rows::next);
  }
}
