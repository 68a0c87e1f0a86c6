package org.mskd.method;

import java.util.function.UnaryOperator;
import org.mskd.option.OptionValues;

/**
 * A setting of a method's options that has a name, such as an ablation.
 *
 * @param name a student may have it as its name
 * @param option the option that makes the difference; a declaration may not change it back
 * @param change applied to any values of the method's options
 */
public record NamedSetting(String name, String option, UnaryOperator<OptionValues> change) {
  /** Whether values have the change. */
  public boolean isIn(OptionValues values) {
    return change.apply(values).equals(values);
  }
}
