package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The inputs of {@link OrganBinaryOp} and {@link OrganDiceOp}, read run by run of pixels. */
final class OrganPixels {
  /**
   * The inputs of a batch.
   *
   * @param weights {@code [rows][K]} flattened
   * @param channels K+1
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
  record Inputs(
      HostFloats logits, HostFloats classes, HostFloats rows, float[] weights, int channels) {
    static Inputs of(INDArray[] in) {
      return new Inputs(
          HostFloats.read(in[0]),
          HostFloats.read(in[1]),
          HostFloats.read(in[2]),
          HostFloats.copy(in[3]),
          (int) in[3].size(1) + 1);
    }
  }

  /** Logits of the run, {@code [pixel][K+1]} flattened; then the gradient over them. */
  final float[] z;

  private final Inputs inputs;
  private final int border;
  private final float[] y = new float[PixelBlocks.RUN];
  private final float[] row = new float[PixelBlocks.RUN];

  /**
   * @param border pixels of a slice or group: no run crosses a multiple of it
   */
  OrganPixels(Inputs inputs, int border) {
    this.inputs = inputs;
    this.border = border;
    this.z = new float[PixelBlocks.RUN * inputs.channels];
  }

  /** Reads the run that begins at a pixel; returns its length. */
  int read(int at, int end) {
    int run = PixelBlocks.run(at, end, border);
    inputs.logits.get(at * inputs.channels, z, run * inputs.channels);
    inputs.classes.get(at, y, run);
    inputs.rows.get(at, row, run);
    return run;
  }

  /** Writes the run's gradient, which has replaced its logits. */
  void write(int at, int run, HostFloats gradient) {
    gradient.put(at * inputs.channels, z, run * inputs.channels);
  }

  /** 1 where a pixel of the run is of the class of channel c, else 0. */
  double target(int i, int c) {
    return (int) y[i] == c ? 1 : 0;
  }

  /** The weight of the organ of channel c, 1..K, at a pixel of the run. */
  double weight(int i, int c) {
    return inputs.weights[(int) row[i] * (inputs.channels - 1) + c - 1];
  }
}
