package org.mskd.graph;

import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * Mends ND4J 1.0.0-M2.1's gradient of up-sampling. The native {@code upsampling2d_bp} takes one
 * argument, the layout; SameDiff gives it the two scales first, so that the scale is taken for the
 * layout and [batch, height, width, channels] is summed over the wrong pixels, without any error.
 */
final class UpSamplingGradient {
  private static final String NAME = "upsampling2d_bp";

  /** Both scales, then whether channels come first. */
  private static final int GIVEN = 3;

  private UpSamplingGradient() {}

  /** Leaves the operation, about to be executed, the layout alone. */
  static void mend(DifferentialFunction operation, OpContext context) {
    if (NAME.equals(operation.opName())
        && operation instanceof CustomOp custom
        && custom.iArgs().length == GIVEN) {
      context.setIArguments(custom.iArgs()[GIVEN - 1]);
    }
  }
}
