package org.mskd.graph.runtime;

import java.util.List;
import org.mskd.graph.kernel.ConvolutionEngine;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** Runs those of a graph's convolutions that an engine supports. */
final class Convolutions {
  private static final int BIASED = 3;

  /** How operations write WeightsFormat.YXIO. */
  private static final long YXIO = 0;

  private Convolutions() {}

  /**
   * Runs {@code conv2d}, {@code mskd_joined_convolution}, or the gradient of either.
   *
   * @param engine null for none
   * @param inputGradient whether the backward operation's first output is read
   * @return false where ND4J has to run the operation
   */
  static boolean run(
      ConvolutionEngine engine,
      DifferentialFunction operation,
      OpContext context,
      boolean inputGradient) {
    if (engine == null || !(operation instanceof CustomOp custom)) {
      return false;
    }
    List<INDArray> in = context.getInputArrays();
    List<INDArray> out = context.getOutputArrays();
    switch (operation.opName()) {
      case "conv2d" -> {
        if (in.size() != BIASED || !standard(custom.iArgs()) || !dense(in) || !dense(out)) {
          return false;
        }
        engine.forward(in.get(0), in.get(1), in.get(2), out.get(0));
        return true;
      }
      case "conv2d_bp" -> {
        if (in.size() != BIASED + 1 || !standard(custom.iArgs()) || !dense(in) || !dense(out)) {
          return false;
        }
        INDArray dx = inputGradient ? out.get(0) : null;
        engine.backward(in.get(0), in.get(1), in.get(3), dx, out.get(1), out.get(2));
        return true;
      }
      case "mskd_joined_convolution" -> {
        if (!dense(in) || !dense(out)) {
          return false;
        }
        engine.forward(in.get(0), in.get(1), in.get(2), in.get(3), out.get(0));
        return true;
      }
      case "mskd_joined_convolution_bp" -> {
        if (!dense(in) || !dense(out)) {
          return false;
        }
        engine.backward(
            in.get(0),
            in.get(1),
            in.get(2),
            in.get(4),
            out.get(0),
            out.get(1),
            out.get(2),
            out.get(3));
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** The arguments are: kernel, stride, padding, dilation (two each), mode, layout, weights. */
  private static boolean standard(long[] arguments) {
    return arguments.length == 11
        && arguments[0] == arguments[1]
        && arguments[0] % 2 == 1
        && arguments[2] == 1
        && arguments[3] == 1
        && arguments[6] == 1
        && arguments[7] == 1
        && arguments[8] == PaddingMode.SAME.index
        && arguments[9] == 1
        && arguments[10] == YXIO;
  }

  private static boolean dense(List<INDArray> arrays) {
    return arrays.stream().allMatch(a -> a.dataType() == DataType.FLOAT && HostFloats.dense(a));
  }
}
