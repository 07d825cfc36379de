package dev.braid.jobs.dataset;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The columns of a picture file: the image schema of Hugging Face, then columns of Braid. */
final class PictureSchema {
  static final String IMAGE = "image";
  static final String BYTES = "bytes";
  static final String PATH = "path";
  static final String LABEL = "label";
  static final String ROW_ID = "row_id";
  static final String SPLIT = "split";

  static final MessageType TYPE =
      Types.buildMessage()
          .optionalGroup()
          .optional(BINARY)
          .named(BYTES)
          .optional(BINARY)
          .as(stringType())
          .named(PATH)
          .named(IMAGE)
          .optional(INT64)
          .named(LABEL)
          .required(INT64)
          .named(ROW_ID)
          .required(BINARY)
          .as(stringType())
          .named(SPLIT)
          .named("schema");

  /** The columns without the pictures. */
  static final MessageType LABELS =
      Types.buildMessage()
          .optional(INT64)
          .named(LABEL)
          .required(INT64)
          .named(ROW_ID)
          .named("schema");

  private PictureSchema() {}
}
