package dev.braid.store.vector;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a shard: the row's number in its shard, and its values. */
final class ShardSchema {
  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(INT32)
          .named("row")
          .required(BINARY)
          .named("data")
          .named("shard");
  static final ColumnDescriptor ROW = SCHEMA.getColumnDescription(new String[] {"row"});
  static final ColumnDescriptor DATA = SCHEMA.getColumnDescription(new String[] {"data"});

  private ShardSchema() {}
}
