package dev.braid.vlm.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.braid.model.Check;
import java.util.Arrays;

/**
 * Owns tensors in native memory and frees them when closed.
 *
 * <p>A model has a scope for its life, a step has a child of it, a block of a network a child of
 * that. What is computed lives in the innermost scope of its operands, so nothing that a step makes
 * outlives the step, whichever operand stands first. A scope is used by one thread at a time; any
 * number of threads may each use their own.
 */
public final class Scope implements AutoCloseable {
  private final Device device;
  private final NDManager manager;
  private final int depth;

  private Scope(Device device, NDManager manager, int depth) {
    this.device = device;
    this.manager = manager;
    this.depth = depth;
  }

  /** A new outermost scope on the CPU. */
  public static Scope open() {
    return open(Device.CPU);
  }

  /** A new outermost scope, whose tensors all lie on this device. */
  public static Scope open(Device device) {
    return new Scope(device, device.newManager(), 0);
  }

  /** A new scope inside this one; closing this one closes it too. */
  public Scope child() {
    return new Scope(device, manager.newSubManager(), depth + 1);
  }

  /** Where its tensors are. */
  public Device device() {
    return device;
  }

  /** A tensor with a copy of these values in row-major order. */
  public Tensor tensor(float[] values, long... sides) {
    Check.argument(
        values.length == new Shape(sides).size(),
        "Invalid tensor: %s values (the shape %s needs %s)",
        values.length,
        Arrays.toString(sides),
        new Shape(sides).size());
    Tensor tensor = allocate(DataType.FLOAT32, sides);
    tensor.write(0, values, 0, values.length);
    return tensor;
  }

  /** A tensor of zeros. */
  public Tensor zeros(long... sides) {
    return own(manager.zeros(new Shape(sides)));
  }

  /**
   * A scalar.
   *
   * <p>Made by the engine in its own memory. The engine's operations on a Java number wrap a Java
   * buffer without keeping it alive until the gradient is taken: after a garbage collection the
   * gradient is silently wrong. Hence no operation of {@link Tensor} passes a number on.
   */
  public Tensor constant(float value) {
    return own(manager.full(new Shape(), value));
  }

  /** Row numbers, as {@link Tensor#rows} takes them. */
  public Tensor indices(long[] values, long... sides) {
    Check.argument(
        values.length == new Shape(sides).size(),
        "Invalid indices: %s values (the shape %s needs %s)",
        values.length,
        Arrays.toString(sides),
        new Shape(sides).size());
    Tensor tensor = allocate(DataType.INT64, sides);
    device.memory().write(tensor.array(), values);
    return tensor;
  }

  /**
   * The same values as the given tensor's, in the same memory, as something to differentiate by.
   *
   * <p>A leaf lives for one step: its gradient starts empty and is freed with this scope, so there
   * is nothing to reset and nothing to leak.
   */
  public Tensor leaf(Tensor parameter) {
    PtNDArray leaf = JniUtils.detachGradient(parameter.array());
    leaf.setRequiresGradient(true);
    return own(leaf);
  }

  /** Moves a tensor here, so that it outlives the inner scope that made it. */
  public Tensor keep(Tensor tensor) {
    return own(tensor.array());
  }

  /** The number of tensors in this scope and the ones inside it. */
  public int openTensors() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }

  Tensor own(NDArray array) {
    if (array.getManager() != manager) {
      array.attach(manager);
    }
    return new Tensor(this, (PtNDArray) array);
  }

  /** The scope of a result of both: the one further in. */
  Scope innermost(Scope other) {
    return other.depth > depth ? other : this;
  }

  private Tensor allocate(DataType type, long... sides) {
    return own(manager.create(new Shape(sides), type));
  }
}
