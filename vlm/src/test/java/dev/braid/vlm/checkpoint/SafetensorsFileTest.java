package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TensorSpec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir Path folder;

  private Path file(String header, int... data) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Arrays.stream(data).forEach(value -> bytes.put((byte) value));
    return Files.write(folder.resolve("model.safetensors"), bytes.array());
  }

  @Test
  void read_ofFloats_takesThemLittleEndian() throws IOException {
    SafetensorsFile file =
        SafetensorsFile.open(
            file(
                "{'b':{'dtype':'F32','shape':[1,2],'data_offsets':[4,12]},"
                    + "'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]},"
                    + "'__metadata__':{'format':'pt'}}  ",
                0,
                0,
                0x80,
                0x3f,
                0,
                0,
                0,
                0xc0,
                0,
                0,
                0xc8,
                0x42));

    assertThat(file.tensors()).containsExactly(TensorSpec.of("a"), TensorSpec.of("b", 1, 2));
    assertThat(file.metadata()).containsOnlyKeys("format").containsEntry("format", "pt");
    assertThat(file.read("a").values()).containsExactly(1f);
    assertThat(file.read("b").values()).containsExactly(-2f, 100f);
  }

  @Test
  void read_ofHalves_widensEveryKindOfNumber() throws IOException {
    // 1, -2, largest 65504, smallest normal 2^-14, smallest subnormal 2^-24, -0, -Inf, NaN
    SafetensorsFile file =
        SafetensorsFile.open(
            file(
                "{'h':{'dtype':'F16','shape':[8],'data_offsets':[0,16]}}",
                0,
                0x3c,
                0,
                0xc0,
                0xff,
                0x7b,
                0,
                0x04,
                1,
                0,
                0,
                0x80,
                0,
                0xfc,
                0,
                0x7e));

    assertThat(file.read("h").values())
        .containsExactly(
            1f, -2f, 65504f, 0x1p-14f, 0x1p-24f, -0f, Float.NEGATIVE_INFINITY, Float.NaN);
  }

  @Test
  void read_ofBrainFloats_widensThem() throws IOException {
    // The upper halves of 1, -2, 3.140625, Inf and of the smallest bfloat16, 2^-133.
    SafetensorsFile file =
        SafetensorsFile.open(
            file(
                "{'b':{'dtype':'BF16','shape':[5],'data_offsets':[0,10]}}",
                0x80,
                0x3f,
                0,
                0xc0,
                0x49,
                0x40,
                0x80,
                0x7f,
                1,
                0));

    assertThat(file.read("b").values())
        .containsExactly(1f, -2f, 3.140625f, Float.POSITIVE_INFINITY, 0x1p-133f);
  }

  @Test
  void read_ofTensorLongerThanTheBuffer_findsEveryValue() throws IOException {
    float[] values = new float[200_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = folder.resolve("long.safetensors");
    SafetensorsWriter.write(path, MapWeights.of(TensorSpec.of("x", values.length), values));

    assertThat(SafetensorsFile.open(path).read("x").values()).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: [2] elements of F32 do not fill the bytes 0 to 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} |"
            + "tensor a of FILE: [1] elements of F32 do not fill the bytes 4 to 0",
        "{'a':{'dtype':'F4','shape':[1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: its dtype 'F4' is unknown",
        "{'a':{'shape':[1],'data_offsets':[0,4]}} |" + "tensor a of FILE: its dtype '' is unknown",
        "{'a':{'dtype':32,'shape':[1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: its dtype is not a text",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: -1 is not a size or offset",
        "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}} |"
            + "tensor a of FILE: its shape is not an array",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}} |"
            + "tensor a of FILE: the header lacks its shape",
        "{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: its shape has more than 8 numbers",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}} |"
            + "tensor a of FILE: its shape [0] has no elements",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: 1.5 is not a size or offset",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,18446744073709551620]}} |"
            + "tensor a of FILE: 18446744073709551620 is not a size or offset",
        "{'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: the header lists its dtype twice",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'stride':1}} |"
            + "tensor a of FILE: its field 'stride' is unknown",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} |"
            + "tensor a of FILE: data_offsets has 3 numbers, not 2",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: its shape [4294967296, 4294967296] is too large",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} |tensor a of FILE: it begins at"
            + " byte 4 of the data, but the tensor before it ends at 0",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}"
            + " |tensor b of FILE: it begins at byte 2 of the data, but the tensor before it ends"
            + " at 3",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} |"
            + "FILE: its tensors need 3 bytes of data, but it holds 4",
        "{'a':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}} |"
            + "FILE: its tensors need 5 bytes of data, but it holds 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} |"
            + "tensor a of FILE: the header lists it twice",
        "{'a':1} | tensor a of FILE: the header has '1' for it, not an object",
        "{' ':{}} | tensor   of FILE: a name has 1 to 256 characters",
        "{'a':{'dtype':'F32' | the header of FILE: it is not JSON",
        "{'__metadata__':1} | the header of FILE: its __metadata__ is not an object",
        "{'__metadata__':{'k':1}} | the header of FILE: its __metadata__ has no text for 'k'",
        "{'__metadata__':{'k':'1','k':'2'}} | the header of FILE: its __metadata__ has 'k' twice",
        "{'__metadata__':{},'__metadata__':{}} |"
            + "the header of FILE: its __metadata__ occurs twice",
        "{} {} | the header of FILE: something follows its JSON object",
        "[] | the header of FILE: it is not a JSON object",
      })
  void open_ofUntrueHeader_refusesInOneSentence(String header, String sentence) throws IOException {
    Path path = file(header, 1, 2, 3, 4);

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read " + sentence.replace("FILE", path.toString()));
  }

  @Test
  void open_ofImpossibleHeaderLength_refuses() throws IOException {
    byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'};
    byte[] tooLong = {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'};
    Path path = folder.resolve("odd.safetensors");

    Files.write(path, negative);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a header of 18446744073709551615 bytes does not fit");
    Files.write(path, tooLong);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a header of 3 bytes does not fit a safetensors file of 10");
    Files.write(path, new byte[7]);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes are too few");
  }

  @Test
  void open_ofHeaderBeyondTheLimit_refuses() throws IOException {
    Path path = file("{}" + " ".repeat(1 << 20));

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read %s: its header has 1048578 bytes (at most 1048576)", path);
  }

  @Test
  void read_ofOtherTypes_refuses() throws IOException {
    SafetensorsFile file =
        SafetensorsFile.open(
            file("{'i':{'dtype':'I32','shape':[1],'data_offsets':[0,4]}}", 1, 0, 0, 0));

    assertThatThrownBy(() -> file.read("i"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("its dtype I32 is not F32, F16 or BF16");
    assertThatThrownBy(() -> file.read("j"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read tensor j of ");
  }

  @Test
  void read_ofFileCutSinceItWasOpened_fails() throws IOException {
    Path path = file("{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}", 1, 2, 3, 4);
    SafetensorsFile file = SafetensorsFile.open(path);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> file.read("a"))
        .isInstanceOf(EOFException.class)
        .hasMessage("Cannot read %s: it was truncated while being read", path);
  }
}
