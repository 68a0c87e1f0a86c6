package org.mskd.method;

import java.util.List;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.AverageDecay;

/** The options of methods that learn from a moving average of weights. */
final class AverageOptions {
  private static final Option<Double> DECAY =
      Option.number("averageDecay", 0.999, 0, 1, "what an update keeps of a moving average");
  private static final Option<Boolean> WARM_UP =
      Option.flag(
          "averageWarmUp",
          true,
          "an update keeps at most (1 + t) / (10 + t) of the average in iteration t");

  static final List<Option<?>> ALL = List.of(DECAY, WARM_UP);

  private AverageOptions() {}

  static AverageDecay decay(OptionValues options) {
    return new AverageDecay(options.get(DECAY), options.get(WARM_UP));
  }
}
