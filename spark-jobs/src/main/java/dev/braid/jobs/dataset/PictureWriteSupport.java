package dev.braid.jobs.dataset;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows of pictures and a footer of ours: Parquet's own class calls its files "example". */
@SuppressWarnings("deprecation") // Parquet still calls the methods with a Hadoop configuration
final class PictureWriteSupport extends WriteSupport<Group> {
  private final Map<String, String> footer;
  private GroupWriter writer;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite first
  private PictureWriteSupport(Map<String, String> footer) {
    this.footer = footer;
  }

  /** A builder of writers to this file, whose footer gets these entries. */
  static Builder builder(OutputFile file, Map<String, String> footer) {
    return new Builder(file, footer);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(PictureSchema.TYPE, footer);
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(PictureSchema.TYPE, footer);
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
    private final Map<String, String> footer;

    private Builder(OutputFile file, Map<String, String> footer) {
      super(file);
      this.footer = footer;
      // Hadoop's own settings say nothing about Parquet, and parsing them costs as much as a file
      withConf(new HadoopParquetConfiguration(/* loadDefaults= */ false));
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
      return new PictureWriteSupport(footer);
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
      return new PictureWriteSupport(footer);
    }
  }
}
