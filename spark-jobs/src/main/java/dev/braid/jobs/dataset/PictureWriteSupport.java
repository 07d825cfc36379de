package dev.braid.jobs.dataset;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows of pictures, and no metadata: Parquet's own class calls its files "example". */
final class PictureWriteSupport extends WriteSupport<Group> {
  private GroupWriter writer;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite first
  private PictureWriteSupport() {}

  /** A builder of writers to this file. */
  static Builder builder(OutputFile file) {
    return new Builder(file);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(PictureSchema.TYPE, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(PictureSchema.TYPE, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    writer = new GroupWriter(consumer, PictureSchema.TYPE);
  }

  @Override
  public void write(Group row) {
    writer.write(row);
  }

  /** The settings of a writer. */
  static final class Builder extends ParquetWriter.Builder<Group, Builder> {
    private Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
      return new PictureWriteSupport();
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
      return new PictureWriteSupport();
    }
  }
}
