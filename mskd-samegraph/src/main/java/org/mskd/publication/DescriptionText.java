package org.mskd.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mskd.architecture.Architecture;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Publication;

/** A description as lines of at most about 100 characters. */
public final class DescriptionText {
  private final Labelled lines = new Labelled();

  private DescriptionText() {}

  /** The lines. */
  public static List<String> lines(ModelDescription description) {
    DescriptionText text = new DescriptionText();
    int members = description.models().size();
    text.lines.add("file", "%s, %d bytes".formatted(description.file(), description.bytes()));
    text.lines.add("SHA-256", description.sha256());
    if (members > 1) {
      text.lines.add("ensemble", members + " models, whose predictions are averaged");
    }
    for (int i = 0; i < members; i++) {
      if (members > 1) {
        text.lines.add("", "").add("model " + (i + 1), "of " + members);
      }
      text.add(description.models().get(i));
    }
    text.lines.add("checked", checked(description));
    return text.lines.lines();
  }

  private static String checked(ModelDescription description) {
    int tensors = description.models().stream().mapToInt(DescribedModel::tensors).sum();
    return ("the list of entries, their CRC and SHA-256, the card, and names, shapes and values of"
            + " %d weight tensors: nothing is damaged. Who made the file, checksums do not say.")
        .formatted(tensors);
  }

  private void add(DescribedModel model) {
    ModelCard card = model.card();
    card.publication()
        .map(Publication::coordinates)
        .filter(coordinates -> !coordinates.isEmpty())
        .ifPresent(coordinates -> lines.add("coordinates", coordinates));
    lines
        .add("format", ".mskd, model.json of schema " + card.tree().get("schema"))
        .add("kind", card.kind().name().toLowerCase(Locale.ROOT))
        .add(card.kind() == ModelKind.TEACHER ? "organ" : "organs", organs(card))
        .add("network", network(card))
        .add("preprocessing", preprocessing(card))
        .add("input", input(card));
    TrainingLines.add(lines, card);
    DataLines.add(lines, card);
    ScoreLines.add(lines, card);
    lines.add("weights", "SHA-256 " + model.weights());
  }

  /** With the values that predictions have. */
  private static String organs(ModelCard card) {
    List<String> organs = new ArrayList<>();
    for (String organ : card.organs()) {
      organs.add((organs.size() + 1) + " " + organ);
    }
    return String.join(", ", organs);
  }

  private static String network(ModelCard card) {
    Architecture architecture = card.architecture();
    return String.format(
        Locale.ROOT,
        "%s, %d base channels, %d downsamplings, normalization %s, %s blocks, %d parameters",
        architecture.name(),
        card.network().baseChannels(),
        card.network().depth(),
        card.network().normalization().name().toLowerCase(Locale.ROOT),
        card.network().blocks() == Blocks.RESIDUAL ? "residual" : "plain",
        architecture.parameterCount());
  }

  private static String preprocessing(ModelCard card) {
    Preprocessing preprocessing = card.preprocessing();
    String spacing =
        preprocessing.targetSpacing().isEmpty()
            ? "the longer side of a slice fills it"
            : "spacing "
                + preprocessing.targetSpacing().stream()
                    .map(DescriptionText::number)
                    .collect(Collectors.joining(" and "))
                + " mm";
    return "window %s to %s HU, slices of %d x %d pixels, %s"
        .formatted(
            number(preprocessing.windowLow()),
            number(preprocessing.windowHigh()),
            preprocessing.sliceSize(),
            preprocessing.sliceSize(),
            spacing);
  }

  private static String input(ModelCard card) {
    Neighbours neighbours = card.network().neighbours();
    int side = card.inputSize();
    String around =
        neighbours.none()
            ? "no neighbour slices"
            : "%d neighbour slices on each side, %s"
                .formatted(
                    neighbours.perSide(),
                    neighbours.distance() == 0
                        ? "the adjacent ones"
                        : number(neighbours.distance()) + " mm apart");
    return (side == card.preprocessing().sliceSize()
            ? "whole slices, "
            : "trained on patches of %d x %d pixels, ".formatted(side, side))
        + around;
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
