package dev.braid.vlm;

import dev.braid.model.ParameterSpace;
import dev.braid.model.Weights;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A model without its weights: its shape, its preprocessing of images and its tokenizer. */
public interface ModelDefinition {
  /** The length of the vectors that the model's encoder returns. */
  int dimension();

  /**
   * The factor of the cosine of an image and a class in the model's logits.
   *
   * @param base the tensors of the pre-trained model; training does not change the factor
   */
  float logitScale(Weights base) throws IOException;

  /** Loads the weights into the device's memory, tensor by tensor. */
  Encoder load(Device device, Weights weights) throws IOException;

  /**
   * An estimate, in bytes, of the activations of a training step: they are kept from the forward to
   * the backward pass.
   *
   * @param pictures the number of images that are computed at once
   * @param prompts the number of prompts, all of which are computed at once
   */
  long activationBytes(int pictures, int prompts);

  /**
   * The first texts that the model encodes as the same tokens, so that it cannot tell them apart;
   * empty if all differ.
   */
  Optional<SameTokens> sameTokens(List<String> texts);

  /** The places of two texts in a list. */
  record SameTokens(int first, int second) {}

  /**
   * Starts the training of one task, at step 0.
   *
   * @param start the model's tensors, and the factors of an adapter
   * @param space the trained tensors, in the order of the state's vectors
   * @param prompts one for each class: its name in the task's first template
   */
  FineTuning startTraining(
      Device device,
      Weights start,
      ParameterSpace space,
      TrainSettings settings,
      List<String> prompts)
      throws IOException;
}
