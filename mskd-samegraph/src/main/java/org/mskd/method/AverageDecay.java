package org.mskd.method;

import java.util.List;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;

/**
 * How much of a moving average of weights each update keeps: α, and in the first updates less where
 * it warms up,
 *
 * <pre>
 * α_t = min(α, (1 + t) / (10 + t)),   t = 0, 1, ...
 * </pre>
 *
 * as in TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}. Without that an
 * average of α = 0.999 is still 37 % initial weights after 1000 updates; with it the average covers
 * about the last tenth of the training so far.
 *
 * @param decay α, from 0 to 1
 */
record AverageDecay(double decay, boolean warmsUp) {
  private static final Option<Double> DECAY =
      Option.number("averageDecay", 0.999, 0, 1, "what an update keeps of a moving average");
  private static final Option<Boolean> WARM_UP =
      Option.flag(
          "averageWarmUp",
          true,
          "an update keeps at most (1 + t) / (10 + t) of the average in iteration t");

  static final List<Option<?>> OPTIONS = List.of(DECAY, WARM_UP);

  static AverageDecay of(OptionValues options) {
    return new AverageDecay(options.get(DECAY), options.get(WARM_UP));
  }

  /**
   * @param update number of the update, from 0
   */
  double at(int update) {
    return warmsUp ? Math.min(decay, (1.0 + update) / (10.0 + update)) : decay;
  }
}
