package org.mskd.maven.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Preset;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.Validation;
import org.mskd.method.MskdMethod;

/** The values that an experiment has where none are given, and where these come from. */
final class EffectiveDefaults {
  /** Groups whose defaults come from the preset. */
  private static final Set<String> OF_PRESET = Set.of("network", "training", "distillation");

  /** Groups whose defaults come from the first given teacher. */
  private static final Set<String> OF_TEACHERS = Set.of("preprocessing", "network");

  private static final String OUTPUT = "outputDirectory";

  private final Readings readings;
  private final Map<String, String> computed;
  private final Preset preset;

  /** The given teachers, of which the first one determines the network and its input. */
  private final List<TeacherFile> teachers;

  private EffectiveDefaults(
      Readings readings, Map<String, String> computed, Preset preset, List<TeacherFile> teachers) {
    this.readings = readings;
    this.computed = computed;
    this.preset = preset;
    this.teachers = teachers;
  }

  /**
   * @param root the configuration that the experiment was read from
   */
  static EffectiveDefaults of(Section root, Experiment experiment, WorkerSettings settings) {
    Preset preset = root.oneOf("preset", Preset.SOURCE);
    return new EffectiveDefaults(
        root.readings(), computed(preset, experiment, settings), preset, experiment.teachers());
  }

  /** The value of an element that is not given; empty if it has none. */
  String of(String path, Element element) {
    return Optional.ofNullable(computed.get(path))
        .or(() -> readings.of(path))
        .orElse(element.defaultText());
  }

  /** A given value as it is used: the output directory is absolute, with the execution's id. */
  String used(String path, String given) {
    return path.equals(OUTPUT) ? computed.get(OUTPUT) : given;
  }

  /** Where it comes from: the first given teacher or the preset if that changes it. */
  String source(String path, Element element) {
    String group = path.replaceAll("/.*", "");
    if (isSame(of(path, element), element.defaultText())) {
      return "default";
    }
    if (!teachers.isEmpty() && OF_TEACHERS.contains(group)) {
      return "teacher " + teachers.get(0).organ();
    }
    return OF_PRESET.contains(group) && preset != Preset.SOURCE
        ? "preset " + Value.word(preset)
        : "default";
  }

  private static boolean isSame(String one, String other) {
    try {
      return Double.parseDouble(one) == Double.parseDouble(other);
    } catch (NumberFormatException e) {
      return one.equals(other);
    }
  }

  /** Values whose defaults depend on the machine or on other elements. */
  private static Map<String, String> computed(
      Preset preset, Experiment experiment, WorkerSettings settings) {
    Map<String, String> values = new TreeMap<>();
    // The record's 0 means that no folds are used, outside of cross-validate.
    values.put("validation/folds", String.valueOf(Validation.DEFAULT_FOLDS));
    values.put("threads", String.valueOf(settings.threads()));
    values.put("maxHeap", settings.maxHeap().toString());
    values.put("maxOffHeap", settings.maxOffHeap().toString());
    values.put(OUTPUT, settings.outputDirectory().toString());
    values.put(
        "preprocessing/window",
        Readings.text(experiment.preprocessing().windowLow())
            + " "
            + Readings.text(experiment.preprocessing().windowHigh()));
    if (!experiment.preprocessing().targetSpacing().isEmpty()) {
      values.put(
          "preprocessing/targetSpacing",
          String.join(
              " ",
              experiment.preprocessing().targetSpacing().stream().map(Readings::text).toList()));
    }
    values.put(
        "training/augmentationStrength",
        Readings.text(experiment.training().augmentationStrength()));
    MskdMethod.student(preset.distillation(!experiment.datasets().isEmpty()))
        .options()
        .forEach((name, text) -> values.put("distillation/" + name, text));
    return values;
  }
}
