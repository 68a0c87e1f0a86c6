package org.mskd.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mskd.experiment.Preprocessing;

/** In what a given model and another, or the declaration, differ, and what the POM would say. */
final class CardDifferences {
  /**
   * @param element the POM's element
   * @param model the model's value as the POM would give it; empty for none
   * @param declared the other's
   */
  private record Difference(String element, String model, String declared) {
    String told(String other) {
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

  /**
   * @param other what the model is compared with, such as {@code declared}
   */
  CardDifferences(String other) {
    this.other = other;
  }

  /** Adds what differs in how slices are made. */
  void addPreprocessing(Preprocessing model, Preprocessing declared) {
    add("sliceSize", model.sliceSize(), declared.sliceSize());
    add("window", window(model), window(declared));
    add("targetSpacing", numbers(model.targetSpacing()), numbers(declared.targetSpacing()));
  }

  /** Adds a difference in the square that the networks see of a slice; none for all of it. */
  void addInput(int model, Preprocessing modelSlices, int declared, Preprocessing slices) {
    add("patchSize", patch(model, modelSlices), patch(declared, slices));
  }

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
  String told() {
    return differences.stream().map(d -> d.told(other)).collect(Collectors.joining(", "));
  }

  /** Such as {@code <sliceSize>64</sliceSize>, <window>-100 240</window>}. */
  String elements() {
    return differences.stream().map(Difference::remedy).collect(Collectors.joining(", "));
  }
}
