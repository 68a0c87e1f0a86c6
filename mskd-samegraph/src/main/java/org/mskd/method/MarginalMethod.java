package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * Marginal and exclusion loss (Shi et al., Medical Image Analysis 2021): organs that a data set
 * does not annotate count as background together, and must not be predicted on annotated organs.
 * Needs no teacher.
 */
public final class MarginalMethod implements TrainingMethod {
  private static final Option<Double> EXCLUSION_WEIGHT =
      Option.number(
          "exclusionWeight", 1, 0, "weight of the exclusion loss; 0: marginal loss alone");

  @Override
  public String id() {
    return "marginal";
  }

  @Override
  public String description() {
    return "marginal and exclusion loss on the labels of each data set (Shi et al. 2021)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(EXCLUSION_WEIGHT);
  }

  @Override
  public boolean supervisesDeeply() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.annotated();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    List<Objective> objectives = new ArrayList<>();
    objectives.add(new MarginalObjective("", 1));
    double weight = options.get(EXCLUSION_WEIGHT);
    if (weight > 0) {
      objectives.add(new ExclusionObjective(weight));
    }
    return GraphTrainer.of(
        context, objectives.stream().map(one -> DeepSupervision.of(context, one)).toList());
  }
}
