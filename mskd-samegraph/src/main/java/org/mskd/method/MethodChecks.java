package org.mskd.method;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.problem.BadInputException;

/** Whether an experiment has what the training methods of its students require. */
public final class MethodChecks {
  private final Experiment experiment;
  private final ConfiguredMethod method;

  private MethodChecks(Experiment experiment, ConfiguredMethod method) {
    this.experiment = experiment;
    this.method = method;
  }

  /**
   * Checks all students.
   *
   * @throws BadInputException naming the method and what it lacks
   */
  public static void check(Experiment experiment) {
    for (Method declared : experiment.methods()) {
      new MethodChecks(experiment, Methods.installed().of(declared)).check();
    }
  }

  private void check() {
    Requirements required = method.requirements();
    switch (required.annotations()) {
      case NONE -> requireImages();
      case ANNOTATED -> requireAnnotations();
      case ALL_ORGANS -> requireAllOrgans();
    }
    required.teachers().flatMap(TeacherRequirement::features).ifPresent(this::requireLevels);
    required.teachers().ifPresent(this::requireArrays);
    switch (required.mixing()) {
      case NONE -> {}
      case SLICES -> requireTwoSlices();
      case SETS -> requireDifferentSets(required);
    }
    required
        .sizePrior()
        .ifPresent(prior -> new SizePriorCheck(experiment, method.name()).check(prior));
  }

  private void requireImages() {
    if (experiment.datasets().isEmpty() && experiment.unlabelled().isEmpty()) {
      throw new BadInputException(
          "Method %s has no images to train on: a <dataset> with <labels> serves methods that use"
                  .formatted(method.name())
              + " labels.",
          "Declare the images as <unlabelled> <images> too, or add a <dataset> with an <organ>.");
    }
  }

  private void requireAnnotations() {
    if (experiment.datasets().isEmpty() && experiment.multiOrgan().isEmpty()) {
      throw new BadInputException(
          "Method %s uses labels, but no <dataset> is declared.".formatted(method.name()),
          "Add a <dataset>, or choose a method without labels; mskd uses labels only if"
              + " <labelWeight> is above 0 or <annotatedTargets> is true.");
    }
  }

  private void requireAllOrgans() {
    if (experiment.annotatingAll().isEmpty()) {
      throw new BadInputException(
          "Method %s needs labels of all organs (%s), but no <dataset> annotates them all."
              .formatted(method.name(), String.join(", ", experiment.organs())),
          "Add a <dataset> with a <name>, a <directory> and <labels> that give each organ's value,"
              + " or leave the method out.");
    }
  }

  private void requireTwoSlices() {
    int batch = experiment.training().batchSize();
    if (batch < 2) {
      throw new BadInputException(
          "Method %s mixes the slices of a batch, but <batchSize> is %d."
              .formatted(method.name(), batch),
          "Raise <batchSize> to 2 or more, or set <cutMix> to 0.");
    }
  }

  private void requireDifferentSets(Requirements required) {
    int batch = experiment.training().batchSize();
    if (batch < 2) {
      throw new BadInputException(
          "Method %s mixes slices of data sets that annotate different organs, but <batchSize> is %d."
              .formatted(method.name(), batch),
          "Raise <batchSize> to 2 or more, or leave the method out.");
    }
    if (annotations(required).size() < 2) {
      throw new BadInputException(
          "Method %s mixes slices of data sets that annotate different organs, but all data sets"
                  .formatted(method.name())
              + " annotate the same organs.",
          "Add a <dataset> that annotates other organs, or leave the method out.");
    }
  }

  /** The sets of organs that the method's data sets annotate, each once. */
  private Set<Set<String>> annotations(Requirements required) {
    Set<Set<String>> sets = new HashSet<>();
    experiment.datasets().forEach(set -> sets.add(Set.of(set.organ())));
    experiment.multiOrgan().forEach(set -> sets.add(Set.copyOf(set.organs())));
    if (required.teachers().isPresent() && !experiment.unlabelled().isEmpty()) {
      sets.add(Set.of());
    }
    return sets;
  }

  private void requireLevels(FeatureTerms features) {
    int depth = experiment.network().depth();
    if (features.deepest() > depth) {
      throw new BadInputException(
          "<featureLevel> is %d in method %s.".formatted(features.deepest(), method.name()),
          "Allowed is 0 to <depth>, "
              + depth
              + "; lower the level, raise <depth>, or leave the method out.");
    }
  }

  /** Without masks every position of every teacher has a row of features. */
  private void requireArrays(TeacherRequirement teachers) {
    if (teachers.regions().masks()) {
      return;
    }
    Network network = experiment.network();
    List<Integer> levels = teachers.features().map(FeatureTerms::levels).orElse(List.of());
    for (int level : levels) {
      long side = experiment.inputSize() >> level;
      long values =
          experiment.training().batchSize()
              * side
              * side
              * experiment.organs().size()
              * ((long) network.baseChannels() << level);
      if (values > Integer.MAX_VALUE) {
        throw new BadInputException(
            "Method %s compares %d feature values of level %d per batch; at most 2^31 - 1 are possible."
                .formatted(method.name(), values, level),
            "Lower <batchSize> or the size of the network's input, choose a higher <featureLevel>,"
                + " or set <regionMasks> to true.");
      }
    }
  }
}
