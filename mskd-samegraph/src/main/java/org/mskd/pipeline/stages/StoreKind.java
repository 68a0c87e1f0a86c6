package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.method.Methods;
import org.mskd.method.Requirements;
import org.mskd.method.TeacherRequirement;
import org.mskd.targets.TargetLayout;

/**
 * The teacher outputs that are stored. Methods that require the same outputs share a store. It does
 * not depend on loss weights, temperature and the rule for overlapping regions.
 *
 * @param features the compared features; empty for logits alone
 * @param masked whether features are compared in the teachers' regions only; true without features
 * @param multiOrgan whether the batches contain slices of multi-organ sets
 */
public record StoreKind(Optional<FeatureTerms> features, boolean masked, boolean multiOrgan) {
  /** The kind for a method that requires teachers. */
  static StoreKind of(Requirements requirements, Experiment experiment) {
    TeacherRequirement teachers = requirements.teachers().orElseThrow();
    boolean masked = teachers.features().isEmpty() || teachers.regions().masks();
    return new StoreKind(
        teachers.features(),
        masked,
        requirements.needsLabels() && !experiment.multiOrgan().isEmpty());
  }

  /** The kinds for the students of an experiment, each once, in the students' order. */
  public static List<StoreKind> of(Experiment experiment) {
    return experiment.methods().stream()
        .map(declared -> Methods.installed().of(declared).requirements())
        .filter(requirements -> requirements.teachers().isPresent())
        .map(requirements -> of(requirements, experiment))
        .distinct()
        .toList();
  }

  /** The sources whose slices are stored. */
  TrainingData data(StageContext context) {
    Requirements students = Requirements.teachers(TeacherRequirement.logits());
    return TrainingData.of(context, multiOrgan ? students.withAnnotations() : students);
  }

  /** Such as {@code logits}, {@code encoder-1-sorted}, {@code decoder-0-2-everywhere}. */
  String name() {
    String slices = multiOrgan ? "-multi-organ" : "";
    if (features.isEmpty()) {
      return "logits" + slices;
    }
    FeatureTerms terms = features.get();
    return terms.source().name().toLowerCase(Locale.ROOT)
        + terms.levels().stream().map(level -> "-" + level).collect(Collectors.joining())
        + (terms.sorted() ? "-sorted" : "")
        + (masked ? "" : "-everywhere")
        + slices;
  }

  /** The layout of each slice's outputs, with features of all teachers. */
  TargetLayout layout(Experiment experiment) {
    return new TargetLayout(
        experiment.inputSize(),
        experiment.organs().size(),
        features,
        experiment.network().baseChannels(),
        masked);
  }
}
