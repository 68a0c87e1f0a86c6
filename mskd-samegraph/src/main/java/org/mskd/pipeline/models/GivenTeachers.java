package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.TeacherFile;
import org.mskd.method.Methods;
import org.mskd.method.TeacherRequirement;
import org.mskd.model.Model;
import org.mskd.problem.BadInputException;

/**
 * The teachers that are given as files. Each must segment the organ that it is given for and expect
 * the input that the student is trained on: slices, and neighbours of a slice. In other respects
 * its network may differ from the student's. Methods that compare features need equal numbers of
 * channels, so equal base channels, and a teacher that is deep enough for the compared levels.
 * Normalisation and deeper levels may differ.
 */
public final class GivenTeachers {
  private final Experiment experiment;

  public GivenTeachers(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Checks all of them before any training.
   *
   * @throws BadInputException naming the first file that cannot be used, or two that cannot be used
   *     together
   */
  public void check() {
    List<GivenTeacher> all = new ArrayList<>();
    for (TeacherFile declared : experiment.teachers()) {
      Model model = GivenTeacher.readModel(declared.organ(), declared.model(), declared.model());
      // Only the card is kept: the weights of all teachers would fill the memory.
      all.add(new GivenTeacher(declared.organ(), declared.model(), model.card()));
    }
    // First with each other: if two differ, no declaration fits both.
    all.forEach(teacher -> requireAlike(all.get(0), teacher));
    all.forEach(this::requireFitting);
  }

  /**
   * Reads the teacher that is given for an organ.
   *
   * @param file the declared file, as named in messages
   * @param copy where the bytes are read from: the declared file, or a copy of it
   * @throws BadInputException if it is missing, damaged, or does not fit this experiment's students
   */
  public Model read(String organ, Path file, Path copy) {
    Model model = GivenTeacher.readModel(organ, file, copy);
    requireFitting(new GivenTeacher(organ, file, model.card()));
    return model;
  }

  private static void requireAlike(GivenTeacher one, GivenTeacher other) {
    CardDifferences differences =
        CardDifferences.between(
            other.card(),
            one.card().preprocessing(),
            one.card().inputSize(),
            one.card().network().neighbours(),
            "the other");
    if (differences.any()) {
      throw new BadInputException(
          "%s, and %s, cannot be combined, since they were trained on different slices: the latter has %s."
              .formatted(one.named(), other.named(), differences.text()),
          "Give teachers that were trained with equal preprocessing and neighbours, or train one of"
              + " them here: declare a <dataset> of its organ and leave out its <teacher>.");
    }
  }

  private void requireFitting(GivenTeacher teacher) {
    requireSameSlices(teacher);
    requireComparable(teacher);
    requireArrays(teacher);
  }

  private void requireSameSlices(GivenTeacher teacher) {
    CardDifferences differences =
        CardDifferences.between(
            teacher.card(),
            experiment.preprocessing(),
            experiment.inputSize(),
            experiment.network().neighbours(),
            "declared");
    if (differences.any()) {
      throw new BadInputException(
          teacher.named()
              + ", was trained on other slices than the student would be: "
              + differences.text()
              + ".",
          "Write "
              + differences.elements()
              + ", so that teachers and student have the same input, or give another teacher.");
    }
  }

  private void requireComparable(GivenTeacher teacher) {
    Network network = teacher.card().network();
    int channels = experiment.network().baseChannels();
    for (Method method : experiment.methods()) {
      Optional<FeatureTerms> features = features(method);
      if (features.isEmpty()) {
        continue;
      }
      if (network.baseChannels() != channels) {
        throw new BadInputException(
            "%s, has baseChannels %d (declared: %d), but method %s compares their features."
                .formatted(teacher.named(), network.baseChannels(), channels, method.name()),
            "Write <baseChannels>%d</baseChannels>, or compare no features: method mskd-logits, or"
                    .formatted(network.baseChannels())
                + " a <featureWeight> of 0.");
      }
      int deepest = features.get().deepest();
      if (deepest > network.depth()) {
        throw new BadInputException(
            "%s, has depth %d, but method %s compares features of level %d."
                .formatted(teacher.named(), network.depth(), method.name(), deepest),
            "Write a <featureLevel> of at most %d, or compare no features: method mskd-logits, or a"
                    .formatted(network.depth())
                + " <featureWeight> of 0.");
      }
    }
  }

  private static Optional<FeatureTerms> features(Method method) {
    return Methods.installed()
        .of(method)
        .requirements()
        .teachers()
        .flatMap(TeacherRequirement::features);
  }

  private void requireArrays(GivenTeacher teacher) {
    long values = experiment.largestArray(teacher.card().network(), teacher.card().outputs());
    if (values > Integer.MAX_VALUE) {
      throw new BadInputException(
          "%s, has baseChannels %d, which with <batchSize> %d need an array of %d values; at most"
                  .formatted(
                      teacher.named(),
                      teacher.card().network().baseChannels(),
                      experiment.training().batchSize(),
                      values)
              + " 2^31 - 1 are possible.",
          "Lower <batchSize>, or give a teacher of fewer channels.");
    }
  }
}
