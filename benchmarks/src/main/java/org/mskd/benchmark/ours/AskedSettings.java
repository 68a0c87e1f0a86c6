package org.mskd.benchmark.ours;

import java.util.Locale;
import java.util.Optional;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.dataset.Augmentation;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Optimizer;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;
import org.mskd.experiment.TrainingBuilder;
import org.mskd.method.TrainingContext;
import org.mskd.method.TrainingMethod;
import org.mskd.option.OptionValues;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.Trainer;

/**
 * The elements of {@code <network>} and {@code <training>} that the arguments set by their names.
 * All others have the values of the paper.
 */
final class AskedSettings {
  private AskedSettings() {}

  static Network network(Arguments asked, Network network) {
    Neighbours neighbours =
        new Neighbours(asked.optional("neighbours").map(Integer::parseInt).orElse(0), 0);
    Blocks blocks = asked.optional("blocks").map(AskedSettings::blocks).orElse(Blocks.PLAIN);
    return network.withNeighbours(neighbours).withBlocks(blocks);
  }

  private static Blocks blocks(String name) {
    return Blocks.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static Training training(Arguments asked) {
    TrainingBuilder training = Training.DEFAULT.toBuilder();
    asked
        .optional("augmentationKind")
        .map(name -> AugmentationKind.valueOf(name.toUpperCase(Locale.ROOT)))
        .ifPresent(training::augmentationKind);
    asked
        .optional("deepSupervision")
        .map(Boolean::parseBoolean)
        .ifPresent(training::deepSupervision);
    asked.optional("weightAverage").map(Double::parseDouble).ifPresent(training::weightAverage);
    asked.optional("optimizer").ifPresent(name -> training.optimizer(optimizer(name)));
    return training.build();
  }

  private static Optimizer optimizer(String name) {
    return switch (name) {
      case "adam" -> Adam.PLAIN;
      case "sgd" -> new Sgd(Sgd.NNUNET_MOMENTUM, 0, 0);
      default -> throw new IllegalArgumentException("no optimizer " + name);
    };
  }

  static Optional<Augmentation> augmentation(Training training) {
    return Optional.of(
        new Augmentation(1, training.augmentationStrength(), training.augmentationKind()));
  }

  /** A network as it is trained with these settings; the caller closes it. */
  static Trainer trainer(
      TrainingMethod method, TrainingContext context, OptionValues options, Training training) {
    TrainingContext asked = training.deepSupervision() ? context.supervisedDeeply() : context;
    return AveragedTrainer.of(method.trainer(asked, options), training.weightAverage());
  }
}
