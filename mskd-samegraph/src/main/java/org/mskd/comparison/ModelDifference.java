package org.mskd.comparison;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.PairedDifference;

/**
 * A model of one run against the model of the same name of the first run.
 *
 * @param run the name of the run
 * @param model the name of both models
 * @param metric what is compared
 * @param organs the difference by organ, and last, as {@value #MEAN}, the mean over the organs
 */
public record ModelDifference(
    String run, String model, Metric metric, Map<String, PairedDifference> organs) {
  /** In place of an organ: all organs together. */
  public static final String MEAN = "mean";

  public ModelDifference {
    organs = Collections.unmodifiableMap(new LinkedHashMap<>(organs));
  }
}
