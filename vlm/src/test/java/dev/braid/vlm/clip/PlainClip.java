package dev.braid.vlm.clip;

import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.Activation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.EncoderConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * CLIP's forward pass as loops over doubles, one sequence at a time, every token of every block.
 */
public final class PlainClip {
  private final ClipConfig config;
  private final Map<String, float[]> weights = new HashMap<>();

  public PlainClip(ClipConfig config, Weights weights) throws IOException {
    this.config = config;
    weights.forEach(tensor -> this.weights.put(tensor.spec().name(), tensor.values().clone()));
  }

  public double[] image(float[] pixels) {
    int size = config.vision().imageSize();
    int patch = config.vision().patchSize();
    int width = config.vision().encoder().width();
    int grid = size / patch;
    float[] kernel = weight("vision_model.embeddings.patch_embedding.weight");
    double[][] tokens = new double[grid * grid + 1][width];
    for (int d = 0; d < width; d++) {
      tokens[0][d] = weight("vision_model.embeddings.class_embedding")[d];
      for (int t = 0; t < grid * grid; t++) {
        for (int c = 0; c < 3; c++) {
          for (int y = 0; y < patch; y++) {
            for (int x = 0; x < patch; x++) {
              int row = t / grid * patch + y;
              int column = t % grid * patch + x;
              tokens[t + 1][d] +=
                  (double) kernel[((d * 3 + c) * patch + y) * patch + x]
                      * pixels[(c * size + row) * size + column];
            }
          }
        }
      }
    }
    addPositions(tokens, "vision_model");
    double epsilon = config.vision().encoder().layerNormEpsilon();
    double[][] x = norm(tokens, "vision_model.pre_layrnorm", epsilon);
    x = encoder(x, config.vision().encoder(), "vision_model", false);
    double[] read = norm(new double[][] {x[0]}, "vision_model.post_layernorm", epsilon)[0];
    return unit(project(read, "visual_projection"));
  }

  public double[] text(int[] ids) {
    int width = config.text().encoder().width();
    float[] table = weight("text_model.embeddings.token_embedding.weight");
    double[][] tokens = new double[ids.length][width];
    int end = -1;
    for (int t = ids.length - 1; t >= 0; t--) {
      end = ids[t] == config.text().endToken() ? t : end;
      for (int d = 0; d < width; d++) {
        tokens[t][d] = table[ids[t] * width + d];
      }
    }
    addPositions(tokens, "text_model");
    double[][] x = encoder(tokens, config.text().encoder(), "text_model", true);
    double epsilon = config.text().encoder().layerNormEpsilon();
    double[] read = norm(new double[][] {x[end]}, "text_model.final_layer_norm", epsilon)[0];
    return unit(project(read, "text_projection"));
  }

  /** Mean over the batch of −Σ target·log softmax(scale · image · textᵀ). */
  double loss(List<float[]> pictures, List<int[]> texts, int[] labels, double smoothing) {
    double scale = Math.exp(weight(ClipConfig.LOGIT_SCALE)[0]);
    double[][] classes = texts.stream().map(this::text).toArray(double[][]::new);
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] image = image(pictures.get(i));
      double[] logits = new double[classes.length];
      double sum = 0;
      for (int k = 0; k < logits.length; k++) {
        for (int d = 0; d < image.length; d++) {
          logits[k] += scale * image[d] * classes[k][d];
        }
        sum += Math.exp(logits[k]);
      }
      for (int k = 0; k < logits.length; k++) {
        double target = smoothing / logits.length + (k == labels[i] ? 1 - smoothing : 0);
        loss -= target * (logits[k] - Math.log(sum)) / labels.length;
      }
    }
    return loss;
  }

  public float[] weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private double[][] encoder(double[][] x, EncoderConfig encoder, String tower, boolean causal) {
    double[][] result = x;
    for (int layer = 0; layer < encoder.layers(); layer++) {
      String block = tower + ".encoder.layers." + layer;
      double epsilon = encoder.layerNormEpsilon();
      double[][] normed = norm(result, block + ".layer_norm1", epsilon);
      result = plus(result, attention(normed, encoder, block + ".self_attn", causal));
      double[][] hidden = linear(norm(result, block + ".layer_norm2", epsilon), block + ".mlp.fc1");
      for (double[] token : hidden) {
        for (int d = 0; d < token.length; d++) {
          token[d] = activate(encoder.activation(), token[d]);
        }
      }
      result = plus(result, linear(hidden, block + ".mlp.fc2"));
    }
    return result;
  }

  private double[][] attention(double[][] x, EncoderConfig encoder, String name, boolean causal) {
    double[][] queries = linear(x, name + ".q_proj");
    double[][] keys = linear(x, name + ".k_proj");
    double[][] values = linear(x, name + ".v_proj");
    int side = encoder.headWidth();
    double[][] mixed = new double[x.length][encoder.width()];
    for (int head = 0; head < encoder.heads(); head++) {
      for (int i = 0; i < x.length; i++) {
        int seen = causal ? i + 1 : x.length;
        double[] shares = new double[seen];
        double sum = 0;
        for (int j = 0; j < seen; j++) {
          double score = 0;
          for (int d = head * side; d < (head + 1) * side; d++) {
            score += queries[i][d] * keys[j][d];
          }
          shares[j] = Math.exp(score / Math.sqrt(side));
          sum += shares[j];
        }
        for (int j = 0; j < seen; j++) {
          for (int d = head * side; d < (head + 1) * side; d++) {
            mixed[i][d] += shares[j] / sum * values[j][d];
          }
        }
      }
    }
    return linear(mixed, name + ".out_proj");
  }

  private static double activate(Activation activation, double x) {
    return activation == Activation.QUICK_GELU ? x / (1 + Math.exp(-1.702 * x)) : x * phi(x);
  }

  /** The normal distribution function, by its series: exact enough for |x| below 6. */
  private static double phi(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; k < 200; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private void addPositions(double[][] tokens, String tower) {
    float[] positions = weight(tower + ".embeddings.position_embedding.weight");
    for (int t = 0; t < tokens.length; t++) {
      for (int d = 0; d < tokens[t].length; d++) {
        tokens[t][d] += positions[t * tokens[t].length + d];
      }
    }
  }

  private double[][] norm(double[][] x, String name, double epsilon) {
    double[][] result = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      int width = x[t].length;
      double mean = 0;
      double variance = 0;
      for (double value : x[t]) {
        mean += value / width;
      }
      for (double value : x[t]) {
        variance += (value - mean) * (value - mean) / width;
      }
      result[t] = new double[width];
      for (int d = 0; d < width; d++) {
        double normed = (x[t][d] - mean) / Math.sqrt(variance + epsilon);
        result[t][d] = normed * weight(name + ".weight")[d] + weight(name + ".bias")[d];
      }
    }
    return result;
  }

  private double[][] linear(double[][] x, String name) {
    double[][] result = new double[x.length][];
    float[] bias = weight(name + ".bias");
    for (int t = 0; t < x.length; t++) {
      result[t] = project(x[t], name);
      for (int d = 0; d < bias.length; d++) {
        result[t][d] += bias[d];
      }
    }
    return result;
  }

  private double[] project(double[] x, String name) {
    float[] matrix = weight(name + ".weight");
    double[] result = new double[matrix.length / x.length];
    for (int i = 0; i < matrix.length; i++) {
      result[i / x.length] += matrix[i] * x[i % x.length];
    }
    return result;
  }

  private static double[][] plus(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      for (int d = 0; d < sum[t].length; d++) {
        sum[t][d] = a[t][d] + b[t][d];
      }
    }
    return sum;
  }

  private static double[] unit(double[] x) {
    double length = 0;
    for (double value : x) {
      length += value * value;
    }
    double[] result = x.clone();
    for (int d = 0; d < x.length; d++) {
      result[d] /= Math.sqrt(length);
    }
    return result;
  }
}
