package org.mskd.pipeline.stage;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Pattern;

/** The names of stages' inputs in messages: the POM's element, if there is one. */
final class InputNames {
  /** Parameters whose element has another name than the record's component. */
  private static final Map<String, String> ELEMENTS =
      Map.ofEntries(
          entry("preprocessing.windowLow", "lower limit of window"),
          entry("preprocessing.windowHigh", "upper limit of window"),
          entry("training.schedule.type", "schedule"),
          entry("training.optimizer.type", "optimizer"),
          entry("training.schedule.factor", "plateauFactor"),
          entry("training.schedule.patience", "plateauPatience"),
          entry("training.schedule.threshold", "plateauThreshold"),
          entry("training.schedule.signal", "plateauSignal"),
          entry("network.neighbours.perSide", "neighbours"),
          entry("network.neighbours.distance", "neighbourDistance"),
          entry("distillation.features.levels", "featureLevel"),
          entry("distillation.features.source", "features"),
          entry("distillation.features.sorted", "sortFeatures"),
          entry("distillation.normalization", "lossNormalization"),
          entry("distillation.regions.masks", "regionMasks"),
          entry("distillation.regions.overlap", "overlap"),
          entry("distillation.regions.downsampling", "maskDownsampling"),
          entry("given", "given teacher file"),
          entry("kind", "stored teacher outputs"),
          entry("organSizes", "sizes of organs"),
          entry("code", "algorithm"),
          entry("environment.instructionSet", "instruction set"),
          entry("environment.jdk", "JDK of the worker"),
          entry("engine.backend", "ND4J backend"),
          entry("engine.convolution", "convolution by"));

  /** The part before the first dot, and the text shown for it. */
  private static final Map<String, String> KINDS =
      Map.of(
          "environment", "",
          "prepared", "prepared slices of ",
          "teacher", "teacher ",
          "teacherArtifact", "artifact of teacher ",
          "student", "student ",
          "scores", "scores of ",
          "foreground", "foreground index of ");

  /** A variable of the environment, as distinct from a library or a system property. */
  private static final Pattern VARIABLE = Pattern.compile("environment\\.[A-Z][A-Z0-9_]*");

  private InputNames() {}

  /**
   * Such as {@code epochs} for {@code training.epochs}, {@code teacher liver}, {@code environment
   * OMP_PLACES}.
   */
  static String of(String path) {
    if (ELEMENTS.containsKey(path)) {
      return ELEMENTS.get(path);
    }
    int dot = path.indexOf('.');
    if (VARIABLE.matcher(path).matches()) {
      return path.replace('.', ' ');
    }
    String kind = dot < 0 ? "" : path.substring(0, dot);
    if (KINDS.containsKey(kind)) {
      return KINDS.get(kind) + path.substring(dot + 1);
    }
    // File names contain dots.
    return path.startsWith("image ") || path.startsWith("label ")
        ? path
        : path.substring(path.lastIndexOf('.') + 1);
  }
}
