package org.mskd.graph;

import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of {@link TaskFeaturesOp} by the features: (features, dy) to dfeatures. Each pixel
 * of a channel gets the sum over the tasks, divided by the number of pixels.
 */
public final class TaskFeaturesGradientOp extends KernelOp {
  /** For SameDiff. */
  public TaskFeaturesGradientOp() {}

  TaskFeaturesGradientOp(SameDiff graph, SDVariable features, SDVariable dy) {
    super(graph, features, dy);
  }

  @Override
  public String opName() {
    return "mskd_task_features_bp";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("second derivatives are not needed in training");
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    int channels = (int) in[0].size(3);
    int pixels = (int) (in[0].size(1) * in[0].size(2));
    int tasks = (int) in[1].size(1);
    int row = (int) in[1].size(3);
    try (HostFloats dy = HostFloats.read(in[1]);
        HostFloats dx = HostFloats.write(out[0])) {
      Kernels.parallel(
          (int) in[0].size(0),
          image -> {
            double[] sums = new double[channels];
            float[] share = new float[channels];
            for (int task = image * tasks; task < (image + 1) * tasks; task++) {
              dy.get(task * row, share, channels);
              for (int c = 0; c < channels; c++) {
                sums[c] += share[c];
              }
            }
            for (int c = 0; c < channels; c++) {
              share[c] = (float) (sums[c] / pixels);
            }
            for (int i = 0; i < pixels; i++) {
              dx.put((image * pixels + i) * channels, share, channels);
            }
          });
    }
  }
}
