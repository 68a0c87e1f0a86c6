package org.mskd.method;

import java.util.List;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * A training method: how a network is trained from data sets that each annotate some of the organs.
 * Implementations are found by {@link java.util.ServiceLoader}, in the library's jar or in one that
 * is declared as a dependency of the plugin, and have a public constructor without arguments.
 *
 * <p>Options and requirements are read where no tensor library is on the class path: an
 * implementation touches one in {@link #trainer} only, and has no field of such a type.
 */
public interface TrainingMethod {
  /**
   * The name in a POM, such as {@code marginal}: lower-case letters, digits and hyphens. A student
   * without a name of its own is called by it.
   */
  String id();

  /** One line: what it learns from, and its source. */
  String description();

  /** Its options, in the order of the help. */
  default List<Option<?>> options() {
    return List.of();
  }

  /** Settings of the options with names of their own, such as ablations. */
  default List<NamedSetting> namedSettings() {
    return List.of();
  }

  /**
   * The same options with every one that has no effect at its default: two trainings with equal
   * effective options give equal bits, so that one of them is refused as a repetition.
   */
  default OptionValues effective(OptionValues options) {
    return options;
  }

  /**
   * Whether the model that it trains is a moving average of weights by its own rule, so that {@code
   * <weightAverage>} has no effect.
   */
  default boolean averagesWeights() {
    return false;
  }

  /**
   * Whether its trainer makes auxiliary outputs where the context asks for them ({@link
   * DeepSupervision}); if not, {@code <deepSupervision>} has no effect.
   */
  default boolean supervisesDeeply() {
    return false;
  }

  /**
   * Whether the first iterations of a training depend on how many follow ({@link
   * TrainingContext#iterations}), such as by an option that is a share of them. If not, a finished
   * training can be continued to a longer one.
   */
  default boolean dependsOnLength(OptionValues options) {
    return false;
  }

  /** What batches must carry. */
  Requirements requires(OptionValues options);

  /**
   * The architecture of the model that {@link #trainer} trains; by default the plain U-Net.
   *
   * @param organs K
   */
  default Architecture architecture(Network network, int organs) {
    return UNet2d.of(network, organs + 1);
  }

  /**
   * Builds what is trained. The same context and options give the same initial weights.
   *
   * @return to be closed by the caller
   */
  Trainer trainer(TrainingContext context, OptionValues options);
}
