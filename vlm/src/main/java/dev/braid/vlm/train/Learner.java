package dev.braid.vlm.train;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.ClipNetwork;
import dev.braid.vlm.clip.Losses;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Gradients;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes optimiser steps on batches of pixels and labels. */
public final class Learner implements AutoCloseable {
  private static final String TEXT_SIDE = "text_";
  private static final String TOKEN_TABLE = "text_model.embeddings.token_embedding.weight";

  private final ClipConfig config;
  private final TrainSettings settings;
  private final int[] tokens;
  private final ClipNetwork network;
  private final Scope scope;
  private final Parameters parameters;
  private final TrainState state;
  private final boolean trainsTexts;

  /**
   * A learner on the CPU of a model's own tensors, whose prompts will hold no other tokens than
   * these.
   */
  public Learner(
      ClipConfig config,
      Weights start,
      List<TensorSpec> trained,
      TrainSettings settings,
      int[] tokens)
      throws IOException {
    this(Device.CPU, config, start, trained, /* adapterScale= */ 1, settings, tokens);
  }

  /**
   * A learner whose prompts will hold no other tokens than these.
   *
   * @param device where it computes
   * @param trained tensors of the model, or factors of adapters of its linears
   * @param adapterScale factor of the adapters' products
   */
  public Learner(
      Device device,
      ClipConfig config,
      Weights start,
      List<TensorSpec> trained,
      float adapterScale,
      TrainSettings settings,
      int[] tokens)
      throws IOException {
    this.scope = Scope.open(device);
    this.config = config;
    this.settings = settings;
    this.tokens = tokens.clone();
    this.network = new ClipNetwork(config);
    this.trainsTexts = trained.stream().anyMatch(spec -> spec.name().startsWith(TEXT_SIDE));
    try {
      Set<TensorSpec> tensors = new LinkedHashSet<>(config.tensors());
      tensors.addAll(trained);
      this.parameters =
          Parameters.load(scope, List.copyOf(tensors), start)
              .scalingAdapters(adapterScale)
              .computing(settings.compute());
      this.state = new TrainState(trained.stream().map(this::trained).toList());
    } catch (IOException | RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private Trained trained(TensorSpec spec) {
    return Trained.of(scope, spec, parameters.get(spec.name()), spans(spec));
  }

  /*
   * A token that is in no prompt never gets a gradient and its row of the table stays as it is,
   * unless weights decay. Leaving those rows out gives the same bits and saves most of the
   * optimiser's work on a small model: 49,408 rows, of which a hundred prompts use perhaps two
   * hundred.
   */
  private List<Span> spans(TensorSpec spec) {
    if (!spec.name().equals(TOKEN_TABLE) || settings.weightDecay() != 0) {
      return List.of(new Span(0, Math.toIntExact(spec.size())));
    }
    int width = config.text().encoder().width();
    List<Span> spans = new ArrayList<>();
    for (int id : tokens) {
      spans.add(new Span(id * width, (id + 1) * width));
    }
    return spans;
  }

  /** A copy of a tensor's values, trained or not. */
  float[] values(String tensor) {
    return parameters.get(tensor).toArray();
  }

  public TrainState state() {
    return state;
  }

  /** Aligns with the weights as they are now. */
  Aligner aligner(Alignment alignment, Weights base) throws IOException {
    return Aligner.of(scope, alignment, state, base);
  }

  /** The number of tensors that are open. */
  int openTensors() {
    return scope.openTensors();
  }

  /**
   * One step with this rate on pixels [labels, 3, size, size], each of which is to find the prompt
   * with its label's number; returns the loss before it.
   */
  public float step(float[] pixels, int[] labels, TokenBatch prompts, double rate) {
    try (Scope step = scope.child()) {
      Parameters live = leaves(step);
      float loss = differentiate(step, live, pixels, labels, prompts);
      if (!Float.isFinite(loss)) {
        throw new TrainingDivergedException("the loss is " + loss, state.step(), rate);
      }
      Optimizer optimizer = AdamW.of(settings, state.step(), rate).on(step);
      for (Trained tensor : state.tensors()) {
        optimizer.update(tensor, live.get(tensor.spec().name()).gradient());
      }
      state.resumeAt(state.step() + 1);
      return loss;
    }
  }

  /** The gradient of the loss on these pictures by every trained tensor. */
  public List<NamedTensor> gradients(float[] pixels, int[] labels, TokenBatch prompts) {
    try (Scope step = scope.child()) {
      Parameters live = leaves(step);
      differentiate(step, live, pixels, labels, prompts);
      return state.tensors().stream()
          .map(Trained::spec)
          .map(spec -> new NamedTensor(spec, live.get(spec.name()).gradient().toArray()))
          .toList();
    }
  }

  private Parameters leaves(Scope step) {
    Map<String, Tensor> leaves = new HashMap<>();
    for (Trained tensor : state.tensors()) {
      leaves.put(tensor.spec().name(), step.leaf(tensor.weights()));
    }
    return parameters.with(leaves);
  }

  /** Refuses to go on if a weight is not a finite number. */
  public void checkFinite() {
    float[] row = new float[1 << 16];
    for (long start = 0; start < state.coordinates(); start += row.length) {
      int length = (int) Math.min(row.length, state.coordinates() - start);
      state.copyOut(StateVector.WEIGHTS, start, row, length);
      for (int i = 0; i < length; i++) {
        if (!Float.isFinite(row[i])) {
          int last = state.step() - 1;
          throw new TrainingDivergedException(
              "a weight is " + row[i], last, settings.schedule().rate(last));
        }
      }
    }
  }

  /*
   * The prompts are encoded once. The pictures' gradients stop at the prompts' vectors, which are cut
   * off as leaves; when all pieces of the batch have added theirs, the sum goes on through the text
   * tower. What a piece computed is freed before the next.
   */
  private float differentiate(
      Scope step, Parameters live, float[] pixels, int[] labels, TokenBatch prompts) {
    return Gradients.recording(
        () -> {
          Tensor texts = network.encodeTexts(step, live, prompts);
          Tensor cut = step.leaf(texts);
          float loss = 0;
          for (int from = 0; from < labels.length; from += settings.microBatch()) {
            int to = Math.min(from + settings.microBatch(), labels.length);
            loss += differentiatePiece(step, live, pixels, labels, from, to, cut);
          }
          if (trainsTexts) {
            Gradients.backward(texts, cut.gradient());
          }
          return loss;
        });
  }

  private float differentiatePiece(
      Scope step, Parameters live, float[] pixels, int[] labels, int from, int to, Tensor texts) {
    try (Scope piece = step.child()) {
      int side = config.vision().imageSize();
      int length = pixels.length / labels.length;
      float[] own =
          to - from == labels.length
              ? pixels
              : Arrays.copyOfRange(pixels, from * length, to * length);
      Tensor pictures = piece.tensor(own, to - from, VisionConfig.CHANNELS, side, side);
      Tensor images = network.encodeImages(piece, live, pictures);
      Tensor scale = live.get(ClipConfig.LOGIT_SCALE).in(piece).exp();
      Tensor logits = images.matmul(texts.transpose()).times(scale);
      return Gradients.backward(
          Losses.smoothedCrossEntropy(
              piece,
              logits,
              Arrays.copyOfRange(labels, from, to),
              labels.length,
              settings.labelSmoothing()));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
