package org.mskd.graph.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.mskd.graph.kernel.ConvolutionEngine;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by a current oneDNN on ND4J's buffers, with its primitives kept by shape. Loaded only
 * where oneDNN's binding is on the class path and its native library loads.
 */
public final class OneDnnConvolution implements ConvolutionEngine {
  private final OneDnnDevice device;
  private final Map<OneDnnPrimitives.Shape, OneDnnPrimitives> primitives = new HashMap<>();
  private final Map<OneDnnUpPrimitives.Shape, OneDnnUpPrimitives> ups = new HashMap<>();

  /**
   * @param frozen whether weights never change after their first use
   */
  public OneDnnConvolution(boolean frozen) {
    device = new OneDnnDevice(frozen);
  }

  /**
   * Whether the library has more than its slow reference form of the transposed convolution on this
   * processor.
   */
  public static boolean joins() {
    try (OneDnnDevice device = new OneDnnDevice(false);
        var probe =
            new OneDnnUpPrimitives(device, new OneDnnUpPrimitives.Shape(1, 16, 16, 32, 48, 16))) {
      return !probe.implementation().contains("ref");
    }
  }

  @Override
  public String name() {
    var version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d".formatted(version.major(), version.minor(), version.patch());
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    primitives(x, weights).forward(x, weights, bias, y);
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dweights, INDArray dbias) {
    OneDnnPrimitives ready = primitives(x, weights);
    if (dx != null) {
      ready.backwardData(weights, dy, dx);
    }
    ready.backwardWeights(x, dy, dweights, dbias);
  }

  @Override
  public void forward(INDArray skip, INDArray low, INDArray weights, INDArray bias, INDArray y) {
    primitives(skip, weights).forward(skip, weights, bias, y);
    ups(low, weights).forward(low, weights, y);
  }

  @Override
  public void backward(
      INDArray skip,
      INDArray low,
      INDArray weights,
      INDArray dy,
      INDArray dskip,
      INDArray dlow,
      INDArray dweights,
      INDArray dbias) {
    backward(skip, weights, dy, dskip, dweights, dbias);
    OneDnnUpPrimitives ready = ups(low, weights);
    ready.backwardData(weights, dy, dlow);
    ready.backwardWeights(low, dy, dweights);
  }

  private OneDnnPrimitives primitives(INDArray x, INDArray weights) {
    return primitives.computeIfAbsent(
        OneDnnPrimitives.Shape.of(x, weights), shape -> new OneDnnPrimitives(device, shape));
  }

  private OneDnnUpPrimitives ups(INDArray low, INDArray weights) {
    return ups.computeIfAbsent(
        OneDnnUpPrimitives.Shape.of(low, weights), shape -> new OneDnnUpPrimitives(device, shape));
  }

  @Override
  public void close() {
    primitives.values().forEach(OneDnnPrimitives::close);
    primitives.clear();
    ups.values().forEach(OneDnnUpPrimitives::close);
    ups.clear();
    device.close();
  }
}
