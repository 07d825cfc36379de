package dev.braid.vlm.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * An array of numbers in native memory, with the operations of a transformer.
 *
 * <p>A result lives in the innermost scope of its operands. Inside {@link Gradients#of}, operations
 * are recorded for the gradient if an operand is a leaf or was computed from one.
 */
public final class Tensor {
  private static final int LAST_AXIS = -1;
  private static final double TINY_NORM = 1e-12;

  private final Scope scope;
  private final PtNDArray array;

  Tensor(Scope scope, PtNDArray array) {
    this.scope = scope;
    this.array = array;
  }

  PtNDArray array() {
    return array;
  }

  /** The lengths of all axes; a scalar has none. */
  public long[] shape() {
    return array.getShape().getShape();
  }

  /** The length of an axis; negative axes count from the end. */
  public int side(int axis) {
    long[] sides = shape();
    return Math.toIntExact(sides[axis < 0 ? axis + sides.length : axis]);
  }

  /** The number of elements. */
  public long size() {
    return array.size();
  }

  /** This tensor as an operand whose results live in the given scope or inside it. */
  public Tensor in(Scope inner) {
    return new Tensor(inner, array);
  }

  /** The sum, with broadcasting. */
  public Tensor plus(Tensor other) {
    return result(array.add(other.array), other);
  }

  /** The product element by element, with broadcasting. */
  public Tensor times(Tensor other) {
    return result(array.mul(other.array), other);
  }

  /** The quotient element by element, with broadcasting. */
  public Tensor over(Tensor other) {
    return result(array.div(other.array), other);
  }

  /** The square root of every element. */
  public Tensor squareRoot() {
    return result(array.sqrt());
  }

  /** The product with a number. */
  public Tensor times(float factor) {
    return times(scope.constant(factor));
  }

  /** The matrix product over the last two axes. */
  public Tensor matmul(Tensor other) {
    return result(JniUtils.matmul(array, other.array), other);
  }

  /** This · weightᵀ. */
  public Tensor linear(Tensor weight) {
    NDList product = array.getNDArrayInternal().linear(array, weight.array, null);
    return result(product.singletonOrThrow(), weight);
  }

  /** This · weightᵀ + bias. */
  public Tensor linear(Tensor weight, Tensor bias) {
    return result(JniUtils.linear(array, weight.array, bias.array), weight);
  }

  /** This · weightᵀ with all three rounded to bfloat16, as float32. */
  Tensor linearInBfloat16(Tensor weight) {
    return result(TorchOps.linearInBfloat16(array, weight.array), weight);
  }

  /** This · weightᵀ + bias with all four rounded to bfloat16, as float32. */
  Tensor linearInBfloat16(Tensor weight, Tensor bias) {
    return result(TorchOps.linearInBfloat16(array, weight.array, bias.array), weight);
  }

  /** Layer normalisation over the last axis, then scaled and shifted. */
  public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    Shape last = new Shape(side(LAST_AXIS));
    return result(JniUtils.layerNorm(array, last, weight.array, bias.array, epsilon), weight);
  }

  /** e to the power of x. */
  public Tensor exp() {
    return result(array.exp());
  }

  /** 1 / (1 + exp(−x)). */
  public Tensor sigmoid() {
    return result(JniUtils.sigmoid(array));
  }

  /** The exact Gaussian error linear unit. */
  public Tensor gelu() {
    return result(JniUtils.gelu(array));
  }

  /**
   * softmax(this · keysᵀ / √width) · values, as one operation.
   *
   * <p>This, keys and values are [sequences, heads, length, width]; the length of keys and values
   * may differ from that of this tensor.
   */
  public Tensor attend(Tensor keys, Tensor values) {
    return result(TorchOps.attend(array, keys.array, values.array), keys, values);
  }

  /** The same, where a token attends to itself and to earlier tokens only. */
  public Tensor attendCausally(Tensor keys, Tensor values) {
    return result(TorchOps.attendCausally(array, keys.array, values.array), keys, values);
  }

  /** The same, with a mask that is added to the products before their softmax. */
  public Tensor attend(Tensor keys, Tensor values, Tensor mask) {
    return result(TorchOps.attend(array, keys.array, values.array, mask.array), keys, values);
  }

  /** Softmax over the last axis. */
  public Tensor softmax() {
    return result(array.softmax(LAST_AXIS));
  }

  /** The logarithm of the softmax over the last axis. */
  public Tensor logSoftmax() {
    return result(array.logSoftmax(LAST_AXIS));
  }

  /** Scaled to length 1 along the last axis. */
  public Tensor unit() {
    return result(JniUtils.normalize(array, 2, LAST_AXIS, TINY_NORM));
  }

  /** The sum of all elements, a scalar. */
  public Tensor sum() {
    return result(array.sum());
  }

  /** The same elements in another shape; one side may be -1 and is then inferred. */
  public Tensor reshape(long... sides) {
    return result(array.reshape(sides));
  }

  /** The axes in another order. */
  public Tensor permute(int... axes) {
    return result(array.transpose(axes));
  }

  /** The last two axes swapped. */
  public Tensor transpose() {
    int rank = shape().length;
    return result(array.swapAxes(rank - 2, rank - 1));
  }

  /** Repeated along axes of length 1. */
  public Tensor broadcast(long... sides) {
    return result(array.broadcast(sides));
  }

  /** This tensor and another, concatenated along an axis. */
  public Tensor concat(Tensor other, int axis) {
    return result(JniUtils.cat(new PtNDArray[] {array, other.array}, axis), other);
  }

  /** The rows of this matrix at these indices: the shape of the indices, then the row length. */
  public Tensor rows(Tensor indices) {
    return result(JniUtils.embedding(indices.array, array, false), indices);
  }

  /** A copy of the values in row-major order. */
  public float[] toArray() {
    float[] copy = new float[Math.toIntExact(size())];
    read(0, copy, 0, copy.length);
    return copy;
  }

  /** Copies count values, starting at an index in row-major order, to the row from offset on. */
  public void read(int from, float[] row, int offset, int count) {
    memory().read(array, from, row, offset, count);
  }

  /**
   * Copies count values of the row, from offset on, to this tensor, starting at an index in
   * row-major order.
   *
   * <p>Like every operation that changes a tensor, only for tensors that a scope created, never for
   * permuted or broadcast ones, and not between a forward pass and its gradient.
   */
  public void write(int from, float[] row, int offset, int count) {
    memory().write(array, from, row, offset, count);
  }

  /**
   * The values themselves, as long as the scope is open: writes change the tensor.
   *
   * @throws IllegalStateException on a device whose memory Java cannot access without a copy
   */
  public FloatBuffer values() {
    return scope.device().liveMemory().view(array);
  }

  private Memory memory() {
    return scope.device().memory();
  }

  /** Multiplies this by another, broadcast to its shape; returns this. */
  public Tensor multiplyBy(Tensor other) {
    array.muli(other.array);
    return this;
  }

  /** Adds another of its shape to this; returns this. */
  public Tensor add(Tensor other) {
    array.addi(other.array);
    return this;
  }

  /** Subtracts another of its shape from this; returns this. */
  public Tensor subtract(Tensor other) {
    array.subi(other.array);
    return this;
  }

  /** The gradient of the last {@link Gradients#of} with respect to this leaf. */
  public Tensor gradient() {
    return result(array.getGradient());
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape());
  }

  private Tensor result(NDArray value) {
    return scope.own(value);
  }

  private Tensor result(NDArray value, Tensor other) {
    return scope.innermost(other.scope).own(value);
  }

  private Tensor result(NDArray value, Tensor second, Tensor third) {
    return scope.innermost(second.scope).innermost(third.scope).own(value);
  }
}
