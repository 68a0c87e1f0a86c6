package org.mskd.method;

import java.util.List;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * Self-training with hard pseudo-labels: a pixel's class is what its data set annotates, and for
 * the organs that it does not annotate what the teachers predict ({@link PseudoLabels}); then Dice
 * + cross-entropy on these classes.
 */
public final class SelfTrainingMethod implements TrainingMethod {
  @Override
  public String id() {
    return "self-training";
  }

  @Override
  public String description() {
    return "Dice + cross-entropy on annotations completed by the teachers' hard predictions";
  }

  @Override
  public boolean supervisesDeeply() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.teachers(TeacherRequirement.logits()).withAnnotations();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    Objective loss = new DiceCrossEntropyObjective(PseudoLabels.CLASSES);
    return GraphTrainer.of(context, new PseudoLabels(), List.of(DeepSupervision.of(context, loss)));
  }
}
