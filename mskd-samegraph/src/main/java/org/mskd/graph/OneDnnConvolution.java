package org.mskd.graph;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by a current oneDNN on ND4J's buffers, with its primitives kept by shape. Loaded only
 * where {@link Engine} found the library.
 */
final class OneDnnConvolution implements ConvolutionEngine {
  private final engine cpu = new engine(dnnl.dnnl_cpu, 0);
  private final stream queue = new stream(cpu);
  private final Map<Shape, OneDnnPrimitives> primitives = new HashMap<>();

  record Shape(long batch, long height, long width, long in, long out, long kernel) {
    static Shape of(INDArray x, INDArray weights) {
      return new Shape(
          x.size(0), x.size(1), x.size(2), weights.size(2), weights.size(3), weights.size(0));
    }
  }

  @Override
  public String name() {
    var version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d".formatted(version.major(), version.minor(), version.patch());
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    primitives(x, weights).forward(queue, x, weights, bias, y);
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dweights, INDArray dbias) {
    OneDnnPrimitives ready = primitives(x, weights);
    if (dx != null) {
      ready.backwardData(queue, weights, dy, dx);
    }
    ready.backwardWeights(queue, x, dy, dweights, dbias);
  }

  private OneDnnPrimitives primitives(INDArray x, INDArray weights) {
    return primitives.computeIfAbsent(
        Shape.of(x, weights), shape -> new OneDnnPrimitives(cpu, shape));
  }

  @Override
  public void close() {
    primitives.values().forEach(OneDnnPrimitives::close);
    primitives.clear();
    queue.close();
    cpu.close();
  }
}
