package org.mskd.method;

import java.util.List;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * Fully supervised training, the upper bound of the methods that learn from partial labels: Dice +
 * cross-entropy on the labels of all organs, Dice over the whole batch. Needs a multi-organ data
 * set, and is trained on that alone.
 */
public final class SupervisedMethod implements TrainingMethod {
  @Override
  public String id() {
    return "supervised";
  }

  @Override
  public String description() {
    return "Dice + cross-entropy on labels of all organs; needs a multi-organ data set";
  }

  @Override
  public boolean supervisesDeeply() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.allOrgans();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    return GraphTrainer.of(
        context, List.of(DeepSupervision.of(context, DiceCrossEntropyObjective.ofLabels())));
  }
}
