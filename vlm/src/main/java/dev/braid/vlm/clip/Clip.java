package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.model.Weights;
import dev.braid.vlm.Encoder;
import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.image.UndecodableImageException;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import dev.braid.vlm.text.Templates;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A CLIP with its weights. */
public final class Clip implements Encoder {
  private static final int BATCH = 64;

  private final ClipDefinition definition;
  private final ClipNetwork network;
  private final Scope scope;
  private final Parameters parameters;
  private final ClipTokenizer tokenizer;

  private Clip(
      ClipDefinition definition, Scope scope, Parameters parameters, ClipTokenizer tokenizer) {
    this.definition = definition;
    this.network = new ClipNetwork(definition.config());
    this.scope = scope;
    this.parameters = parameters;
    this.tokenizer = tokenizer;
  }

  /** Reads the weights into the CPU's memory, tensor by tensor. */
  public static Clip load(ClipDefinition definition, Weights weights) throws IOException {
    return load(Device.CPU, definition, weights);
  }

  /** Reads the weights into the device's memory, tensor by tensor. */
  public static Clip load(Device device, ClipDefinition definition, Weights weights)
      throws IOException {
    Scope scope = Scope.open(device);
    try {
      Parameters parameters = Parameters.load(scope, definition.config().tensors(), weights);
      return new Clip(definition, scope, parameters, definition.openTokenizer());
    } catch (IOException | RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  @Override
  public float[][] encodeImages(List<byte[]> encoded) throws UndecodableImageException {
    float[][] vectors = new float[encoded.size()][];
    for (int from = 0; from < vectors.length; from += BATCH) {
      List<byte[]> batch = encoded.subList(from, Math.min(from + BATCH, vectors.length));
      copy(encodeImages(pixels(batch), batch.size()), vectors, from);
    }
    return vectors;
  }

  private float[] pixels(List<byte[]> encoded) throws UndecodableImageException {
    Preprocessor preprocessor = definition.preprocessor();
    float[] pixels = new float[encoded.size() * preprocessor.length()];
    for (int i = 0; i < encoded.size(); i++) {
      int offset = i * preprocessor.length();
      preprocessor.test(preprocessor.decode(encoded.get(i)), pixels, offset);
    }
    return pixels;
  }

  /** One unit vector for each of n preprocessed pictures, encoded as one batch. */
  public float[][] encodeImages(float[] pixels, int n) {
    int side = definition.preprocessor().imageSize();
    try (Scope batch = scope.child()) {
      Tensor tensor = batch.tensor(pixels, n, 3, side, side);
      return rows(network.encodeImages(batch, parameters, tensor));
    }
  }

  @Override
  public float[][] encodeTexts(List<String> texts) {
    float[][] vectors = new float[texts.size()][];
    for (int from = 0; from < vectors.length; from += BATCH) {
      List<String> batch = texts.subList(from, Math.min(from + BATCH, vectors.length));
      copy(encodeTextBatch(batch), vectors, from);
    }
    return vectors;
  }

  private float[][] encodeTextBatch(List<String> texts) {
    try (Scope batch = scope.child()) {
      return rows(network.encodeTexts(batch, parameters, TokenBatch.of(tokenizer, texts)));
    }
  }

  @Override
  public float[][] classWeights(List<String> classNames, List<String> templates) {
    Check.argument(!templates.isEmpty(), "Cannot weigh classes: no templates (at least one)");
    List<String> prompts =
        classNames.stream()
            .flatMap(name -> templates.stream().map(template -> Templates.fill(template, name)))
            .toList();
    float[][] vectors = encodeTexts(prompts);
    float[][] weights = new float[classNames.size()][];
    for (int k = 0; k < weights.length; k++) {
      int from = k * templates.size();
      weights[k] = unitMean(Arrays.copyOfRange(vectors, from, from + templates.size()));
    }
    return weights;
  }

  private static float[] unitMean(float[][] vectors) {
    double[] sum = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += vector[d];
      }
    }
    double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] unit = new float[sum.length];
    for (int d = 0; d < unit.length; d++) {
      unit[d] = (float) (sum[d] / length);
    }
    return unit;
  }

  private static float[][] rows(Tensor matrix) {
    float[] flat = matrix.toArray();
    int width = matrix.side(1);
    float[][] rows = new float[matrix.side(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static void copy(float[][] batch, float[][] all, int from) {
    System.arraycopy(batch, 0, all, from, batch.length);
  }

  @Override
  public void close() {
    tokenizer.close();
    scope.close();
  }
}
