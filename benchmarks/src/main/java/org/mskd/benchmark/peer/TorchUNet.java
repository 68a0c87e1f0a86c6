package org.mskd.benchmark.peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.mskd.experiment.Network;

/**
 * {@code org.mskd.graph.UNet} in libtorch: activations {@code [batch, channels, size, size]},
 * weights of the same names in {@code [out, in, kernel, kernel]}.
 */
final class TorchUNet {
  private static final Scalar SLOPE = new Scalar(0.01);
  private static final double EPSILON = 1e-5;

  private final Network network;
  private final SortedMap<String, Tensor> parameters = new TreeMap<>();

  /**
   * @param logits {@code [batch, outputs, size, size]}
   * @param features output of the encoder block after one downsampling
   */
  record Outputs(Tensor logits, Tensor features) {}

  /**
   * @param weights in our shapes
   * @param trained whether they have gradients
   */
  TorchUNet(
      Network network,
      Map<String, org.mskd.model.Tensor> weights,
      MemoryFormat format,
      boolean trained) {
    this.network = network;
    weights.forEach(
        (name, weight) -> {
          Tensor tensor = Tensor.create(weight.values(), weight.shape());
          if (weight.shape().length == 4) {
            tensor = format.of(tensor.permute(3, 2, 0, 1));
          }
          tensor.set_requires_grad(trained);
          parameters.put(name, tensor);
        });
  }

  /** The parameters for an optimizer. */
  TensorVector parameters() {
    return new TensorVector(parameters.values().toArray(Tensor[]::new));
  }

  /**
   * @param image {@code [batch, 1, size, size]}
   */
  Outputs run(Tensor image) {
    Deque<Tensor> skipped = new ArrayDeque<>();
    Tensor features = image;
    Tensor compared = null;
    for (int level = 0; level <= network.depth(); level++) {
      Tensor input = level == 0 ? features : torch.max_pool2d(features, 2, 2);
      features = block("encoder." + level, input);
      compared = level == 1 ? features : compared;
      if (level < network.depth()) {
        skipped.push(features);
      }
    }
    for (int level = network.depth() - 1; level >= 0; level--) {
      long side = 2 * features.size(2);
      Tensor up = torch.upsample_nearest2d(features, new long[] {side, side});
      features = block("decoder." + level, torch.cat(new TensorVector(skipped.pop(), up), 1));
    }
    return new Outputs(convolution("head", features, 0), compared);
  }

  private Tensor block(String name, Tensor input) {
    Tensor features = input;
    for (int i = 1; i <= 2; i++) {
      Tensor convolved = convolution(name + ".conv" + i, features, 1);
      String norm = name + ".norm" + i;
      // With a group a channel it is instance normalisation, as fast where activations are
      // contiguous and a quarter faster over the whole step where channels come last, which
      // torch.instance_norm would copy them for.
      Tensor normalized =
          torch.group_norm(
              convolved,
              convolved.size(1),
              optional(norm + ".scale"),
              optional(norm + ".shift"),
              EPSILON,
              false);
      features = torch.leaky_relu(normalized, SLOPE);
    }
    return features;
  }

  private Tensor convolution(String name, Tensor input, int padding) {
    long[] one = {1, 1};
    return torch.conv2d(
        input,
        parameters.get(name + ".weight"),
        optional(name + ".bias"),
        one,
        new long[] {padding, padding},
        one,
        1);
  }

  private TensorOptional optional(String name) {
    return new TensorOptional(parameters.get(name));
  }
}
