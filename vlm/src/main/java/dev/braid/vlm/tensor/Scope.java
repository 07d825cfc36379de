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
 * <p>A model has one scope for its life; each step uses a child of it, and each block of a network
 * a child of that. A result lives in the innermost scope of its operands, so nothing that a step
 * computes outlives the step, whatever the order of operands. A scope must not be used by several
 * threads at once; any number of threads may each use their own.
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

  /** A new outermost scope, whose tensors are all on this device. */
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
   * <p>The engine creates it in its own memory. The engine's operations on a Java number wrap a
   * Java buffer but do not keep it alive until the gradient is computed: after a garbage collection
   * the gradient is silently wrong. Therefore no operation of {@link Tensor} passes a number to it.
   */
  public Tensor constant(float value) {
    return own(manager.full(new Shape(), value));
  }

  /** Row indices for {@link Tensor#rows}. */
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
   * A tensor that shares the memory of a parameter and collects a gradient.
   *
   * <p>A leaf lives for one step: its gradient starts empty and is freed with this scope, so
   * nothing needs a reset and nothing leaks.
   */
  public Tensor leaf(Tensor parameter) {
    PtNDArray leaf = JniUtils.detachGradient(parameter.array());
    leaf.setRequiresGradient(true);
    return own(leaf);
  }

  /** Moves a tensor to this scope, so that it outlives the inner scope that created it. */
  public Tensor keep(Tensor tensor) {
    return own(tensor.array());
  }

  /** The number of open tensors in this scope and its children. */
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

  /** The inner one of two nested scopes, in which a result of both lives. */
  Scope innermost(Scope other) {
    return other.depth > depth ? other : this;
  }

  private Tensor allocate(DataType type, long... sides) {
    return own(manager.create(new Shape(sides), type));
  }
}
