package org.mskd.export.card;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.architecture.Architecture;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Optimizer;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.RecordedTraining;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;
import org.mskd.model.ModelCard;
import org.mskd.problem.BadInputException;

/** How a network was trained, and on how many scans. */
final class TrainingMarkdown {
  private static final String UNKNOWN = "not recorded";

  private final ExportedModel model;
  private final ModelCard card;

  TrainingMarkdown(ExportedModel model) {
    this.model = model;
    this.card = model.card();
  }

  String training() {
    SortedMap<String, String> provenance = card.provenance();
    return new MarkdownTable("property", "value")
        .row("kind", card.kind().name().toLowerCase(Locale.ROOT))
        .row("method", provenance.getOrDefault("method", UNKNOWN))
        .row("options of the method", "`" + provenance.getOrDefault("options", UNKNOWN) + "`")
        .row("network", network())
        .row("seed", Long.toString(card.seed()))
        .row("training", declared().map(TrainingMarkdown::text).orElse(UNKNOWN))
        .row("input in training", input())
        .text();
  }

  String data() {
    String scans = card.subjects().isEmpty() ? UNKNOWN : Integer.toString(card.subjects().size());
    MarkdownTable table = new MarkdownTable("data set", "scans");
    model.sets().forEach(set -> table.row(set.name(), Integer.toString(set.scans())));
    return table.row("all that this network was trained on", scans).text()
        + (model.phantoms()
            ? "All scans are phantoms, synthetic volumes, not CT of people.\n\n"
            : "");
  }

  private String network() {
    Architecture architecture = card.architecture();
    return String.format(
        Locale.ROOT,
        "`%s`, %d base channels, %d downsamplings, normalization `%s`, %s%d parameters",
        architecture.name(),
        card.network().baseChannels(),
        card.network().depth(),
        card.network().normalization().name().toLowerCase(Locale.ROOT),
        card.network().blocks() == Blocks.RESIDUAL ? "residual encoder blocks, " : "",
        architecture.parameterCount());
  }

  private String input() {
    int slice = card.preprocessing().sliceSize();
    int side = card.inputSize();
    Neighbours neighbours = card.network().neighbours();
    return (side == slice
            ? "whole slices of %d x %d pixels".formatted(slice, slice)
            : "patches of %d x %d pixels of slices of %d x %d".formatted(side, side, slice, slice))
        + (neighbours.none() ? "" : ", with " + new NeighbourText(neighbours).perSide());
  }

  /** Models of other programs may lack the record. */
  private Optional<Training> declared() {
    try {
      return Optional.ofNullable(card.provenance().get("training")).map(RecordedTraining::read);
    } catch (IllegalArgumentException | BadInputException e) {
      return Optional.empty();
    }
  }

  private static String text(Training training) {
    return "%d iterations of %d slices, %s, %s %s, %s%s%s%s"
        .formatted(
            training.iterations(),
            training.batchSize(),
            text(training.optimizer()),
            training.warmupIterations() == 0
                ? "initial learning rate"
                : "warm-up of %d iterations to the learning rate"
                    .formatted(training.warmupIterations()),
            CardNumber.of(training.learningRate()),
            text(training.schedule()),
            augmentation(training),
            training.deepSupervision() ? ", deep supervision" : "",
            training.weightAverage() == 0
                ? ""
                : ", moving average of the weights with a decay of "
                    + CardNumber.of(training.weightAverage()));
  }

  private static String augmentation(Training training) {
    if (!training.augments()) {
      return "no augmentation";
    }
    return switch (training.augmentationKind()) {
      case LIGHT -> "augmentation";
      case FULL -> "full augmentation";
    };
  }

  private static String text(Optimizer optimizer) {
    return optimizer instanceof Sgd sgd
        ? "SGD with Nesterov momentum " + CardNumber.of(sgd.momentum())
        : "Adam";
  }

  /** Without a word where the rate is lowered on a plateau of the loss. */
  private static String text(Schedule schedule) {
    if (schedule instanceof Plateau) {
      return "";
    }
    return schedule instanceof Schedule.Cosine ? "cosine schedule, " : "polynomial schedule, ";
  }
}
