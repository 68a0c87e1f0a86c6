package org.mskd.graph.onednn;

import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/** A primitive with its arguments and the reordering of its weights. */
final class OneDnnWork {
  private final OneDnnDevice device;
  private final primitive work;
  private final IntMemoryMap arguments;
  private final OneDnnWeights weights;

  /**
   * @param others the arguments other than the weights, by oneDNN's numbers
   */
  OneDnnWork(
      OneDnnScope scope, primitive work, Map<Integer, memory> others, OneDnnWeights weights) {
    this.device = scope.device();
    this.work = scope.own(work);
    this.arguments = scope.own(new IntMemoryMap());
    this.weights = weights;
    others.forEach(arguments::put);
  }

  OneDnnWeights weights() {
    return weights;
  }

  /** Runs with weights that {@link #weights} reordered. */
  void run(memory laid) {
    execute(dnnl.DNNL_ARG_WEIGHTS, laid);
  }

  /** Runs; writes the weights' derivatives to {@link OneDnnWeights#room}. */
  void runForWeights() {
    execute(dnnl.DNNL_ARG_DIFF_WEIGHTS, weights.room());
  }

  private void execute(int argument, memory laid) {
    work.execute(device.queue(), arguments.put(argument, laid));
    device.queue()._wait();
  }
}
