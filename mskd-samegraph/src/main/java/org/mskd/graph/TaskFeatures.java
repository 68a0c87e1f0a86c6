package org.mskd.graph;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a dynamic head is generated from: the mean of each channel over an image (global average
 * pooling), then the task.
 */
final class TaskFeatures {
  private TaskFeatures() {}

  /**
   * @param features [batch, height, width, channels]
   * @param tasks [batch, tasks, K]
   * @return [batch, tasks, 1, channels + K]: a task is a row of an image of one column, so that a
   *     1x1 convolution is a linear map of it
   */
  static SDVariable of(SameDiff graph, SDVariable features, SDVariable tasks) {
    KernelOp.register(new TaskFeaturesOp());
    KernelOp.register(new TaskFeaturesGradientOp());
    return new TaskFeaturesOp(graph, features, tasks).outputVariables()[0];
  }
}
