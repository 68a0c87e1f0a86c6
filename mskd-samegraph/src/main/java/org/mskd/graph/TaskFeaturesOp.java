package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link TaskFeatures} in one operation. An image is summed by one thread, in its pixels' order.
 */
public final class TaskFeaturesOp extends KernelOp {
  /** For SameDiff. */
  public TaskFeaturesOp() {}

  TaskFeaturesOp(SameDiff graph, SDVariable features, SDVariable tasks) {
    super(graph, features, tasks);
  }

  @Override
  public String opName() {
    return "mskd_task_features";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] features = inputs.get(0);
    long[] tasks = inputs.get(1);
    if (tasks.length != 3 || tasks[0] != features[0]) {
      throw new IllegalArgumentException(
          "tasks %s for features %s".formatted(Arrays.toString(tasks), Arrays.toString(features)));
    }
    return List.of(new long[] {features[0], tasks[1], 1, features[3] + tasks[2]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    // SameDiff takes the list as that of the first inputs; tasks are given, not learned.
    return List.of(
        new TaskFeaturesGradientOp(sameDiff, arg(0), gradients.get(0)).outputVariables()[0]);
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    int channels = (int) in[0].size(3);
    int pixels = (int) (in[0].size(1) * in[0].size(2));
    int tasks = (int) in[1].size(1);
    int organs = (int) in[1].size(2);
    int row = channels + organs;
    float[] given = HostFloats.copy(in[1]);
    try (HostFloats features = HostFloats.read(in[0]);
        HostFloats described = HostFloats.write(out[0])) {
      Kernels.parallel(
          (int) in[0].size(0),
          image -> {
            float[] both = new float[row];
            mean(features, image * pixels * channels, pixels, channels, both);
            for (int task = image * tasks; task < (image + 1) * tasks; task++) {
              System.arraycopy(given, task * organs, both, channels, organs);
              described.put(task * row, both, row);
            }
          });
    }
  }

  private static void mean(
      HostFloats features, int begin, int pixels, int channels, float[] means) {
    float[] pixel = new float[channels];
    double[] sums = new double[channels];
    for (int i = 0; i < pixels; i++) {
      features.get(begin + i * channels, pixel, channels);
      for (int c = 0; c < channels; c++) {
        sums[c] += pixel[c];
      }
    }
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (sums[c] / pixels);
    }
  }
}
