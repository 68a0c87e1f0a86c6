package org.mskd.pipeline.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelCard;

/**
 * Differences between a model and another one, or between a model and the declaration, with the POM
 * elements that would give the model's values.
 */
final class CardDifferences {
  /**
   * @param element the POM's element
   * @param model the model's value as the POM would give it; empty for none
   * @param declared the value of the other model or of the declaration
   */
  private record Difference(String element, String model, String declared) {
    String text(String other) {
      return element + " " + named(model) + " (" + other + ": " + named(declared) + ")";
    }

    private static String named(String value) {
      return value.isEmpty() ? "none" : value;
    }

    String remedy() {
      return model.isEmpty()
          ? "no <" + element + ">"
          : "<" + element + ">" + model + "</" + element + ">";
    }
  }

  private final String other;
  private final List<Difference> differences = new ArrayList<>();

  private CardDifferences(String other) {
    this.other = other;
  }

  /**
   * Compares what a network reads: preprocessing, the side of the square that it reads from a
   * slice, and the neighbours of that slice.
   *
   * @param model of a given teacher
   * @param preprocessing what it is compared with
   * @param inputSize of the network that it is compared with, pixels
   * @param neighbours of that network
   * @param other name of what the model is compared with, such as {@code declared}
   */
  static CardDifferences between(
      ModelCard model,
      Preprocessing preprocessing,
      int inputSize,
      Neighbours neighbours,
      String other) {
    CardDifferences differences = new CardDifferences(other);
    Preprocessing own = model.preprocessing();
    differences.add("sliceSize", own.sliceSize(), preprocessing.sliceSize());
    differences.add("window", window(own), window(preprocessing));
    differences.add(
        "targetSpacing", numbers(own.targetSpacing()), numbers(preprocessing.targetSpacing()));
    differences.add("patchSize", patch(model.inputSize(), own), patch(inputSize, preprocessing));
    Neighbours read = model.network().neighbours();
    differences.add("neighbours", read.perSide(), neighbours.perSide());
    if (!read.none()) {
      differences.add(
          "neighbourDistance",
          numbers(List.of(read.distance())),
          numbers(List.of(neighbours.distance())));
    }
    return differences;
  }

  /** Empty for the whole slice. */
  private static String patch(int inputSize, Preprocessing slices) {
    return inputSize == slices.sliceSize() ? "" : Integer.toString(inputSize);
  }

  private void add(String element, Object model, Object declared) {
    if (!model.equals(declared)) {
      differences.add(new Difference(element, model.toString(), declared.toString()));
    }
  }

  private static String window(Preprocessing preprocessing) {
    return numbers(List.of(preprocessing.windowLow(), preprocessing.windowHigh()));
  }

  private static String numbers(List<Double> values) {
    return values.stream()
        .map(
            value ->
                value == Math.rint(value)
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : value.toString())
        .collect(Collectors.joining(" "));
  }

  boolean any() {
    return !differences.isEmpty();
  }

  /** Such as {@code sliceSize 64 (declared: 32), window -100 240 (declared: -125 275)}. */
  String text() {
    return differences.stream().map(d -> d.text(other)).collect(Collectors.joining(", "));
  }

  /** Such as {@code <sliceSize>64</sliceSize>, <window>-100 240</window>}. */
  String elements() {
    return differences.stream().map(Difference::remedy).collect(Collectors.joining(", "));
  }
}
