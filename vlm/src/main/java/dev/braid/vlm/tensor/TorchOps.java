package dev.braid.vlm.tensor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Operations of libtorch that the engine's binding lacks.
 *
 * <p>They are methods of a TorchScript module without parameters, which this class assembles and
 * loads once: an archive of its source and an empty object. They are recorded for the gradient like
 * any other operation. Safe for use by many threads at once.
 */
final class TorchOps {
  /* The numbers in torch.to are libtorch's codes of types: 6 is float32, 15 is bfloat16. */
  private static final String SOURCE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def attend(self: __torch__.Ops,
          queries: Tensor,
          keys: Tensor,
          values: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(queries, keys, values)
        def attend_causally(self: __torch__.Ops,
          queries: Tensor,
          keys: Tensor,
          values: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(queries, keys, values, None, 0., True)
        def attend_masked(self: __torch__.Ops,
          queries: Tensor,
          keys: Tensor,
          values: Tensor,
          mask: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(queries, keys, values, mask)
        def linear_in_bfloat16(self: __torch__.Ops,
          x: Tensor,
          weight: Tensor) -> Tensor:
          product = torch.linear(torch.to(x, 15), torch.to(weight, 15))
          return torch.to(product, 6)
        def affine_in_bfloat16(self: __torch__.Ops,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          product = torch.linear(torch.to(x, 15), torch.to(weight, 15), torch.to(bias, 15))
          return torch.to(product, 6)
      """;

  /* A pickled object of that class, whose only field, training, is true; and no constants. */
  private static final byte[] OBJECT =
      concat(
          HexFormat.of().parseHex("8002"),
          "c__torch__\nOps\n)".getBytes(US_ASCII),
          HexFormat.of().parseHex("817d285808000000"),
          "training".getBytes(US_ASCII),
          HexFormat.of().parseHex("8875622e"));
  private static final byte[] NOTHING = HexFormat.of().parseHex("8002292e");
  private static final byte[] VERSION = "10\n".getBytes(US_ASCII);

  private static final NDManager MANAGER = Device.CPU.newManager();
  private static final PtSymbolBlock MODULE = load();
  private static final NDArray ATTEND = method("attend");
  private static final NDArray ATTEND_CAUSALLY = method("attend_causally");
  private static final NDArray ATTEND_MASKED = method("attend_masked");
  private static final NDArray LINEAR_IN_BFLOAT16 = method("linear_in_bfloat16");
  private static final NDArray AFFINE_IN_BFLOAT16 = method("affine_in_bfloat16");

  private TorchOps() {}

  /** softmax(queries · keysᵀ / √width) · values. */
  static PtNDArray attend(PtNDArray queries, PtNDArray keys, PtNDArray values) {
    return call(ATTEND, queries, keys, values);
  }

  /** The same, where a token attends to itself and to earlier tokens only. */
  static PtNDArray attendCausally(PtNDArray queries, PtNDArray keys, PtNDArray values) {
    return call(ATTEND_CAUSALLY, queries, keys, values);
  }

  /** The same with a mask that is added to the products. */
  static PtNDArray attend(PtNDArray queries, PtNDArray keys, PtNDArray values, PtNDArray mask) {
    return call(ATTEND_MASKED, queries, keys, values, mask);
  }

  /** x · weightᵀ, computed in bfloat16, as float32. */
  static PtNDArray linearInBfloat16(PtNDArray x, PtNDArray weight) {
    return call(LINEAR_IN_BFLOAT16, x, weight);
  }

  /** x · weightᵀ + bias, computed in bfloat16, as float32. */
  static PtNDArray linearInBfloat16(PtNDArray x, PtNDArray weight, PtNDArray bias) {
    return call(AFFINE_IN_BFLOAT16, x, weight, bias);
  }

  /*
   * The binding has two ways to call a method. One forbids gradients; this one takes the method's
   * name as the name of an extra operand.
   */
  private static PtNDArray call(NDArray method, NDArray... operands) {
    NDList inputs = new NDList(operands);
    inputs.add(method);
    return (PtNDArray) IValueUtils.forward(MODULE, inputs, /* isTrain= */ true).singletonOrThrow();
  }

  private static NDArray method(String name) {
    NDArray operand = MANAGER.zeros(new Shape());
    operand.setName("module_method:" + name);
    return operand;
  }

  private static PtSymbolBlock load() {
    try {
      return JniUtils.loadModule(
          (PtNDManager) MANAGER,
          new ByteArrayInputStream(archive()),
          /* mapLocation= */ false,
          /* hasSize= */ false);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "ops/data.pkl", OBJECT);
      put(zip, "ops/code/__torch__.py", SOURCE.getBytes(US_ASCII));
      put(zip, "ops/constants.pkl", NOTHING);
      put(zip, "ops/version", VERSION);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    entry.setSize(content.length);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
