package org.mskd.method;

import org.mskd.experiment.Method;
import org.mskd.option.OptionValues;

/**
 * A student's training method with the values of its options.
 *
 * @param name the student's
 */
public record ConfiguredMethod(String name, TrainingMethod method, OptionValues options) {
  /** What batches must carry. */
  public Requirements requirements() {
    return method.requires(options);
  }

  /** The options with every one that has no effect at its default. */
  public OptionValues effective() {
    return method.effective(options);
  }

  /** As an experiment declares it. */
  public Method declaration() {
    return new Method(name, method.id(), options.texts());
  }
}
