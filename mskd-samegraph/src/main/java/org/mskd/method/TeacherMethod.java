package org.mskd.method;

import java.util.List;
import org.mskd.experiment.Network;
import org.mskd.graph.WeightInit;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/** A teacher: one organ against the background, from the labels of its own data set. */
public final class TeacherMethod implements TrainingMethod {
  /** Its id. */
  public static final String ID = "teacher";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "single-organ network, Dice + cross-entropy on the labels of its own data set";
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
    return network(context);
  }

  private static GraphTrainer network(TrainingContext context) {
    return GraphTrainer.of(
        context, List.of(DeepSupervision.of(context, DiceCrossEntropyObjective.ofLabels())));
  }

  /**
   * The network of one teacher, for measurements and checks.
   *
   * @param batch slices per batch
   * @param size side of the network's input, pixels
   */
  public static GraphTrainer network(Network network, int batch, int size, WeightInit init) {
    return network(new TrainingContext(network, List.of("organ"), batch, size, init));
  }
}
