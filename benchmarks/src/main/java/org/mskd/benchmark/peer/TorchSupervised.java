package org.mskd.benchmark.peer;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.mskd.benchmark.network.FixedWeights;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.Network;

/** One network is trained on one organ: cross-entropy and Dice, Adam. */
final class TorchSupervised implements Runnable {
  private static final Scalar SMOOTH = new Scalar(1e-5);
  private static final Scalar ONE = new Scalar(1);
  private static final Scalar TWO = new Scalar(2);
  private static final double RATE = 3e-4;

  private final TorchUNet unet;
  private final Adam optimizer;
  private final Tensor image;
  private final Tensor classes;
  private final Tensor organ;

  TorchSupervised(Network network, int batch, int size, MemoryFormat format) {
    unet = new TorchUNet(network, FixedWeights.of(network, 2, 1), format, true);
    optimizer = new Adam(unet.parameters(), new AdamOptions(RATE));
    image = format.of(Tensor.create(SyntheticSlices.images(batch, size), batch, 1, size, size));
    organ = Tensor.create(SyntheticSlices.labels(batch, size), batch, size, size);
    classes = organ.toType(torch.ScalarType.Long);
  }

  /** One step. */
  @Override
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor logits = unet.run(image).logits();
      Tensor loss = torch.cross_entropy_loss(logits, classes).add(diceLoss(logits));
      loss.backward();
      optimizer.step();
      loss.item_float();
    }
  }

  private Tensor diceLoss(Tensor logits) {
    Tensor probability = torch.softmax(logits, 1).select(1, 1);
    Tensor both = probability.mul(organ).sum().mul(TWO).add(SMOOTH);
    Tensor either = probability.sum().add(organ.sum()).add(SMOOTH);
    return both.div(either).neg().add(ONE);
  }
}
