package dev.braid.vlm.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** The one libtorch of this JVM: offline, and with one thread unless set otherwise. */
final class LibTorch {
  /*
   * A property on the command line overrides each of these. With one torch thread, the same inputs
   * give the same bits everywhere. Two threads on two contended cores were also 3 to 12 times slower,
   * because OpenMP spins while it waits.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ai.djl.offline",
          "true",
          "OPT_OUT_TRACKING",
          "true",
          TorchThreads.OF_OPERATION,
          "1",
          TorchThreads.OF_OPERATIONS,
          "1");

  private static final Engine ENGINE = open();

  private LibTorch() {}

  static NDManager newManager(Device device) {
    return ENGINE.newBaseManager(device);
  }

  /** The release of libtorch. */
  static String version() {
    return ENGINE.getVersion();
  }

  /** Loads libtorch, if this is its first use. */
  static void load() {
    var unused = ENGINE;
  }

  /** Whether this libtorch supports GPUs and finds one. */
  static boolean hasCuda() {
    return ENGINE.hasCapability(StandardCapabilities.CUDA);
  }

  private static Engine open() {
    DEFAULTS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError e) {
      throw new IllegalStateException(
          "Cannot load libtorch on %s %s: Braid contains native libraries for Linux x86-64 only; elsewhere set PYTORCH_LIBRARY_PATH"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
  }
}
