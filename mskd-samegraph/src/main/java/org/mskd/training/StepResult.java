package org.mskd.training;

import java.util.Map;

/**
 * The losses of one pass.
 *
 * @param loss the weighted total
 * @param terms each term without its weight, by name
 */
public record StepResult(double loss, Map<String, Double> terms) {}
