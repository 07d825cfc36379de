package dev.braid.vlm.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * The numbers of threads that libtorch computes with in one JVM; the bits of a training depend on
 * them.
 *
 * @param ofOperation threads that share one operation
 * @param ofOperations operations that run at the same time
 */
public record TorchThreads(int ofOperation, int ofOperations) {
  static final String OF_OPERATION = "ai.djl.pytorch.num_threads";
  static final String OF_OPERATIONS = "ai.djl.pytorch.num_interop_threads";

  /** What the properties of this JVM ask for: one each, unless they are set. */
  public static TorchThreads requested() {
    return new TorchThreads(
        Integer.getInteger(OF_OPERATION, 1), Integer.getInteger(OF_OPERATIONS, 1));
  }

  /**
   * What libtorch uses in this JVM, which differs from what is requested if something else loaded
   * it first; loads libtorch.
   */
  public static TorchThreads actual() {
    LibTorch.load();
    return new TorchThreads(JniUtils.getNumThreads(), JniUtils.getNumInteropThreads());
  }

  /** The Java options that request these numbers. */
  public String options() {
    return "-D%s=%s -D%s=%s".formatted(OF_OPERATION, ofOperation, OF_OPERATIONS, ofOperations);
  }
}
