package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.problem.BadInputException;

/**
 * The teachers that are given as files. Each must know the organ it is given for and expect the
 * slices that the student learns from. Its network may be another one, as long as it has what a
 * method compares: features need as many channels on both sides, so equal base channels, and a
 * teacher that goes down to their level. Normalisation and what is deeper may differ.
 */
final class GivenTeachers {
  private final Experiment experiment;

  GivenTeachers(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Reads them all, so that a wrong one is not found after hours of work.
   *
   * @throws BadInputException naming the first file that cannot be used, or two that cannot be used
   *     together
   */
  void check() {
    List<Seen> all = new ArrayList<>();
    for (TeacherFile given : experiment.teachers()) {
      GivenTeacher teacher = GivenTeacher.read(given.organ(), given.model(), given.model());
      all.add(new Seen(teacher.named(), teacher.card()));
    }
    // First among themselves: no declaration could suit two that differ.
    all.forEach(teacher -> requireAlike(all.get(0), teacher));
    all.forEach(this::requireFitting);
  }

  /** What is kept of a teacher: its weights would fill the memory. */
  private record Seen(String named, ModelCard card) {}

  /**
   * The teacher that is given for an organ.
   *
   * @param file the given file, which messages name
   * @param copy what is read: the file, or a copy of it
   * @throws BadInputException if it is missing, damaged, or cannot teach this experiment's students
   */
  Model read(String organ, Path file, Path copy) {
    GivenTeacher teacher = GivenTeacher.read(organ, file, copy);
    requireFitting(new Seen(teacher.named(), teacher.card()));
    return teacher.model();
  }

  private static void requireAlike(Seen one, Seen other) {
    CardDifferences differences = new CardDifferences("the other");
    differences.addPreprocessing(other.card.preprocessing(), one.card.preprocessing());
    differences.addInput(
        other.card.inputSize(),
        other.card.preprocessing(),
        one.card.inputSize(),
        one.card.preprocessing());
    if (differences.any()) {
      throw new BadInputException(
          "%s, and %s, cannot teach together, since they saw different slices: the latter has %s."
              .formatted(one.named, other.named, differences.told()),
          "Give teachers that were trained with equal preprocessing, or train one of them here:"
              + " declare a <dataset> of its organ and leave out its <teacher>.");
    }
  }

  private void requireFitting(Seen teacher) {
    requireSameSlices(teacher);
    requireComparable(teacher);
    requireArrays(teacher);
  }

  private void requireSameSlices(Seen teacher) {
    CardDifferences differences = new CardDifferences("declared");
    differences.addPreprocessing(teacher.card.preprocessing(), experiment.preprocessing());
    differences.addInput(
        teacher.card.inputSize(),
        teacher.card.preprocessing(),
        experiment.inputSize(),
        experiment.preprocessing());
    if (differences.any()) {
      throw new BadInputException(
          teacher.named + ", saw other slices than the student would: " + differences.told() + ".",
          "Write "
              + differences.elements()
              + ", so that the student sees what its teachers saw, or give another teacher.");
    }
  }

  private void requireComparable(Seen teacher) {
    Network network = teacher.card.network();
    int channels = experiment.network().baseChannels();
    for (Method method : experiment.methods()) {
      if (!method.distillation().usesFeatures()) {
        continue;
      }
      if (network.baseChannels() != channels) {
        throw new BadInputException(
            "%s, has baseChannels %d (declared: %d), but method %s compares their features."
                .formatted(teacher.named, network.baseChannels(), channels, method.name()),
            "Write <baseChannels>%d</baseChannels>, or compare no features: method mskd-logits, or"
                    .formatted(network.baseChannels())
                + " a <featureWeight> of 0.");
      }
      int deepest = method.distillation().features().deepest();
      if (deepest > network.depth()) {
        throw new BadInputException(
            "%s, has depth %d, but method %s compares features of level %d."
                .formatted(teacher.named, network.depth(), method.name(), deepest),
            "Write a <featureLevel> of at most %d, or compare no features: method mskd-logits, or a"
                    .formatted(network.depth())
                + " <featureWeight> of 0.");
      }
    }
  }

  private void requireArrays(Seen teacher) {
    long values = experiment.largestArray(teacher.card.network(), teacher.card.outputs());
    if (values > Integer.MAX_VALUE) {
      throw new BadInputException(
          "%s, has baseChannels %d, which with <batchSize> %d ask for an array of %d values; at most"
                  .formatted(
                      teacher.named,
                      teacher.card.network().baseChannels(),
                      experiment.training().batchSize(),
                      values)
              + " 2^31 - 1 are possible.",
          "Lower <batchSize>, or give a teacher of fewer channels.");
    }
  }
}
