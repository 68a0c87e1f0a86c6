package org.mskd.method;

import java.util.List;
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
    required.sizePrior().ifPresent(this::requireSizes);
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
              + " <labelWeight> is above 0.");
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

  private void requireSizes(SizePrior prior) {
    List<String> organs = experiment.organs();
    if (prior.isMeasured()) {
      if (experiment.annotatingAll().isEmpty()) {
        throw new BadInputException(
            "Method %s needs the sizes of all organs (%s), but no <dataset> annotates them all."
                .formatted(method.name(), String.join(", ", organs)),
            "Give each organ's share of the pixels of a slice as <sizePrior>, add a <dataset> with"
                + " a <name>, a <directory> and <labels> that give each organ's value, or leave the"
                + " method out.");
      }
    } else {
      requireShares(prior.given(), organs);
    }
    if (experiment.training().forcedSlots() == experiment.training().batchSize()) {
      throw new BadInputException(
          "Method %s compares the organs' sizes in slices that are sampled as they are, but"
                  .formatted(method.name())
              + " <annotatedFraction> forces every slice of a batch to show an organ.",
          "Lower <annotatedFraction>, raise <batchSize>, or leave the method out.");
    }
  }

  private void requireShares(List<Double> shares, List<String> organs) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (shares.size() != organs.size() || sum > 1 + 1e-9) {
      throw new BadInputException(
          shares.size() == organs.size()
              ? "The shares of <sizePrior> of method %s add up to %s, more than 1."
                  .formatted(method.name(), sum)
              : "<sizePrior> of method %s has %d shares for %d organs."
                  .formatted(method.name(), shares.size(), organs.size()),
          "Give one share of the pixels of a slice for each of %s, in this order, such as 0.03 for 3"
                  .formatted(String.join(", ", organs))
              + " %.");
    }
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
