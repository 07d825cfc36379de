package dev.braid.merge.kernel;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Selects the loops: vector loops if this JVM was started with the module, else plain ones. */
public final class Kernels {
  private static final String VECTORS = "jdk.incubator.vector";
  private static final Kernel FASTEST = fastest();

  private Kernels() {}

  /** The fastest loops that are available. */
  public static Kernel get() {
    return FASTEST;
  }

  private static Kernel fastest() {
    if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
      return new PlainKernel();
    }
    try {
      return ServiceLoader.load(Kernel.class, Kernel.class.getClassLoader())
          .findFirst()
          .orElseGet(PlainKernel::new);
    } catch (ServiceConfigurationError
        | LinkageError e) { // a JVM with another version of the incubating module
      return new PlainKernel();
    }
  }
}
