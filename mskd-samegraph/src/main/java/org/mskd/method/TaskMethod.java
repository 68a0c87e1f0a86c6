package org.mskd.method;

import java.util.List;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * A network whose input names the organ to segment, its task: in training one that the slice's data
 * set annotates ({@link TaskChoice}), by the loss of {@link TaskObjective}. Methods differ in the
 * architecture.
 */
abstract class TaskMethod implements TrainingMethod {
  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.annotated();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    return GraphTrainer.of(
        context,
        TrainedNetwork.of(architecture(context.network(), context.organs().size())),
        new TaskChoice(context),
        List.of(new TaskObjective()));
  }
}
