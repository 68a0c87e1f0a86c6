package org.mskd.benchmark.peer;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** Copies values from libtorch. */
final class TorchArrays {
  private TorchArrays() {}

  /** A tensor's values in its own order of axes, last axis fastest. */
  static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    new FloatPointer(tensor.contiguous().data_ptr()).get(values);
    return values;
  }
}
