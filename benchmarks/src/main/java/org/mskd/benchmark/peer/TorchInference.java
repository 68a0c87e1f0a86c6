package org.mskd.benchmark.peer;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.mskd.benchmark.network.FixedWeights;
import org.mskd.benchmark.network.Logits;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.Network;

/** A trained network over all slices of a volume, a batch at a time; the logits stay there. */
final class TorchInference implements Runnable {
  private final TorchUNet unet;
  private final MemoryFormat format;
  private final float[][] batches;
  private final int batch;
  private final int size;
  private final int outputs;

  TorchInference(
      Network network, int outputs, int slices, int batch, int size, MemoryFormat format) {
    this.unet = new TorchUNet(network, FixedWeights.of(network, outputs, 1), format, false);
    this.format = format;
    this.batch = batch;
    this.size = size;
    this.outputs = outputs;
    float[] all = SyntheticSlices.images(slices, size);
    this.batches = new float[slices / batch][batch * size * size];
    for (int i = 0; i < batches.length; i++) {
      System.arraycopy(all, i * batches[i].length, batches[i], 0, batches[i].length);
    }
  }

  /** The whole volume. */
  @Override
  public void run() {
    for (float[] images : batches) {
      try (PointerScope scope = new PointerScope();
          InferenceMode mode = new InferenceMode(true)) {
        logits(images);
      }
    }
  }

  /** The logits of the first slice, in the layout of {@link Logits}. */
  float[] first() {
    try (PointerScope scope = new PointerScope();
        InferenceMode mode = new InferenceMode(true)) {
      return Logits.channelsLast(TorchArrays.floats(logits(batches[0]).narrow(0, 0, 1)), outputs);
    }
  }

  private Tensor logits(float[] images) {
    return unet.run(format.of(Tensor.create(images, batch, 1, size, size))).logits();
  }
}
