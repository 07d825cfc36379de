package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.Bits;
import dev.braid.model.Blob;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SQL queries over a store's vectors in docs/format.md, compared with plain loops. */
final class SqlOverVectorsTest extends MergeFixture {
  private static final StructType SHARDS =
      new StructType().add("shard", DataTypes.IntegerType).add("digest", DataTypes.StringType);
  private static final StructType TENSORS =
      new StructType()
          .add("tensor", DataTypes.StringType)
          .add("first", DataTypes.LongType)
          .add("last", DataTypes.LongType);

  private ModelRecord version;

  @BeforeEach
  void ask() {
    version = chain(job, MergeState.DECOUPLED, 2);
    session
        .udf()
        .register(
            "sum_of_squares",
            (UDF3<byte[], Long, Long, Double>) SqlOverVectorsTest::sumOfSquares,
            DataTypes.DoubleType);
    session
        .udf()
        .register(
            "ones",
            (UDF1<byte[], Integer>) bits -> BitSet.valueOf(bits).cardinality(),
            DataTypes.IntegerType);
    session
        .udf()
        .register(
            "ones_in_both",
            (UDF2<byte[], byte[], Integer>) SqlOverVectorsTest::onesInBoth,
            DataTypes.IntegerType);
    session
        .udf()
        .register(
            "bytes_of",
            (UDF2<byte[], Integer, Integer>) SqlOverVectorsTest::bytesOf,
            DataTypes.IntegerType);
  }

  private static int bytesOf(byte[] row, int value) {
    int count = 0;
    for (byte each : row) {
      count += each == value ? 1 : 0;
    }
    return count;
  }

  private static double sumOfSquares(byte[] row, long from, long to) {
    ByteBuffer values = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    double sum = 0;
    for (long j = Math.max(0, from); j < Math.min(to, row.length / Float.BYTES); j++) {
      double value = values.getFloat((int) j * Float.BYTES);
      sum += value * value;
    }
    return sum;
  }

  private static int onesInBoth(byte[] one, byte[] other) {
    BitSet both = BitSet.valueOf(one);
    both.and(BitSet.valueOf(other));
    return both.cardinality();
  }

  /** The rows of a blob, each with the index of its first coordinate. */
  private void view(String name, Blob blob) {
    List<Row> shards = new ArrayList<>();
    for (int shard = 0; shard < blob.shards().size(); shard++) {
      shards.add(RowFactory.create(shard, blob.shards().get(shard).digest().hex()));
    }
    session.createDataFrame(shards, SHARDS).createOrReplaceTempView("shards");
    session
        .read()
        .parquet(given.store.blobs().locations(blob).stream().distinct().toArray(String[]::new))
        .createOrReplaceTempView("files");
    session
        .sql(
            """
SELECT shard * %dL + row * %dL AS start, data
FROM (SELECT regexp_extract(input_file_name(), '([0-9a-f]{64})') AS digest, * FROM files)
JOIN shards USING (digest)"""
                .formatted(blob.cut().shardLength(), blob.cut().rowLength()))
        .createOrReplaceTempView(name);
  }

  private Map<String, Double> norms(Blob blob) {
    List<Row> tensors = new ArrayList<>();
    long first = 0;
    for (TensorSpec tensor : MergeStore.TENSORS) {
      tensors.add(RowFactory.create(tensor.name(), first, first + tensor.size()));
      first += tensor.size();
    }
    view("vector", blob);
    session.createDataFrame(tensors, TENSORS).createOrReplaceTempView("tensors");
    Map<String, Double> norms = new TreeMap<>();
    session
        .sql(
            """
            SELECT tensor, sqrt(sum(sum_of_squares(data, first - start, last - start)))
            FROM vector CROSS JOIN tensors GROUP BY tensor""")
        .collectAsList()
        .forEach(row -> norms.put(row.getString(0), row.getDouble(1)));
    return norms;
  }

  @Test
  void norms_ofEveryTensorOfEveryFloatVector_areThoseOfPlainLoops() {
    List<Blob> vectors =
        List.of(
            given.store.blobs().get(given.store.info().weights()),
            given.blob(version.state(), ModelRecord.UNIFIED),
            given.store.blobs().get(given.record(version, 1).delta()));
    for (Blob vector : vectors) {
      float[] values = given.store.blobs().readFloats(vector);
      Map<String, Double> norms = norms(vector);
      int from = 0;
      for (TensorSpec tensor : MergeStore.TENSORS) {
        double sum = 0;
        for (int j = from; j < from + tensor.size(); j++) {
          sum += (double) values[j] * values[j];
        }
        assertThat(norms.get(tensor.name())).isCloseTo(Math.sqrt(sum), within(1e-9));
        from += (int) tensor.size();
      }
    }
  }

  @Test
  void sparsityAndOverlap_ofPlanes_areThoseOfPlainLoops() {
    Blob first = given.blob(given.record(version, 0).planes(), TaskRecord.BIRTH);
    Blob second = given.blob(given.record(version, 1).planes(), TaskRecord.BIRTH);
    long coordinates = given.space.coordinates();
    int ones = 0;
    int both = 0;
    byte[][] planes = {bits(first), bits(second)};
    for (int j = 0; j < coordinates; j++) {
      ones += Bits.get(planes[0], j) ? 1 : 0;
      both += Bits.get(planes[0], j) && Bits.get(planes[1], j) ? 1 : 0;
    }
    view("one", first);
    view("other", second);

    assertThat(first("SELECT sum(ones(data)) FROM one")).isEqualTo(ones).isPositive();
    assertThat(
            first(
                "SELECT sum(ones_in_both(one.data, other.data)) FROM one JOIN other USING (start)"))
        .isEqualTo(both)
        .isPositive();
  }

  @Test
  void lastFlips_countedByStep_areThoseOfPlainLoops() {
    Blob flips = given.blob(version.state(), ModelRecord.LAST_FLIP);
    view("flips", flips);
    byte[] steps = bits(flips);
    int flipped = 0;
    for (byte step : steps) {
      flipped += step == 2 ? 1 : 0;
    }

    assertThat(first("SELECT sum(bytes_of(data, 2)) FROM flips")).isEqualTo(flipped).isPositive();
  }

  private long first(String query) {
    return ((Number) session.sql(query).first().get(0)).longValue();
  }

  /**
   * All bytes of a vector's rows; with the test's cut, every row but the last ends with a whole
   * byte.
   */
  private byte[] bits(Blob blob) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (var rows = given.store.blobs().rows(blob)) {
      while (rows.hasRow()) {
        ByteBuffer row = rows.readRow();
        byte[] bytes = new byte[row.remaining()];
        row.get(bytes);
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }
}
