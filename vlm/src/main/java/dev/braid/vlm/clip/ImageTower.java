package dev.braid.vlm.clip;

import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Encodes images: sends their patches and a class token through the transformer. */
final class ImageTower {
  private static final String EMBEDDINGS = "vision_model.embeddings";

  private final VisionConfig config;
  private final Transformer transformer;
  private final Attention.Kernel attention;

  ImageTower(VisionConfig config, Attention.Kernel attention) {
    this.config = config;
    this.attention = attention;
    this.transformer = new Transformer(config.encoder(), "vision_model");
  }

  /** The unit vectors [n, projection] of pixels [n, 3, size, size]. */
  Tensor encode(Scope scope, Parameters parameters, Tensor pixels) {
    int n = pixels.side(0);
    double epsilon = config.encoder().layerNormEpsilon();
    Tensor embedded = embed(parameters, pixels);
    Tensor tokens = parameters.layerNorm(embedded, "vision_model.pre_layrnorm", epsilon);
    Readout classToken = Readout.at(scope, new int[n], config.patches() + 1);
    Tensor read =
        transformer.forward(
            scope, parameters, tokens, attention.everywhere(), classToken, attention.everywhere());
    Tensor normed = parameters.layerNorm(read, "vision_model.post_layernorm", epsilon);
    return parameters.project(normed, "visual_projection").unit();
  }

  private Tensor embed(Parameters parameters, Tensor pixels) {
    int n = pixels.side(0);
    int width = config.encoder().width();
    Tensor patches = parameters.convolve(patches(pixels), EMBEDDINGS + ".patch_embedding");
    Tensor classToken = parameters.get(EMBEDDINGS + ".class_embedding").broadcast(n, 1, width);
    Tensor positions = parameters.get(EMBEDDINGS + ".position_embedding.weight");
    return classToken.concat(patches, 1).plus(positions);
  }

  /** The convolution's windows do not overlap, so it equals a linear layer over the patches. */
  private Tensor patches(Tensor pixels) {
    int side = config.patchSize();
    int grid = config.imageSize() / side;
    int channels = VisionConfig.CHANNELS;
    int inputs = channels * side * side;
    return pixels
        .reshape(-1, channels, grid, side, grid, side)
        .permute(0, 2, 4, 1, 3, 5)
        .reshape(-1, config.patches(), inputs);
  }
}
