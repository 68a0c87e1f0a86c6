package org.mskd.loss;

import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A loss whose terms count in regions. Its settings travel as the operation's attributes, as only
 * these survive SameDiff's cloning.
 */
public abstract class RegionLossOp extends ClosedFormLossOp {
  /** How many integer attributes the settings here take. */
  static final int ATTRIBUTES = 4;

  /** For prototypes and clones. */
  protected RegionLossOp() {}

  protected RegionLossOp(SameDiff graph, Distillation settings, SDVariable... inputs) {
    super(graph, inputs);
    count(settings.regions().masks() ? 1 : 0);
    count(settings.regions().overlap().ordinal());
    count(settings.regions().downsampling().ordinal());
    count(settings.normalization().ordinal());
  }

  final Regions regions() {
    return new Regions(
        countAt(0) == 1,
        Overlap.values()[(int) countAt(1)],
        MaskDownsampling.values()[(int) countAt(2)]);
  }

  final LossNormalization normalization() {
    return LossNormalization.values()[(int) countAt(3)];
  }
}
