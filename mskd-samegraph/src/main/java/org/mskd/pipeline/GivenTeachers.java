package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.problem.BadInputException;

/**
 * The teachers that are given as files. Each must be a {@link GivenTeacher} and expect the slices
 * that the student learns from. Its network may be another one, as long as no method compares
 * features, which need as many channels on both sides.
 */
final class GivenTeachers {
  private final Experiment experiment;

  GivenTeachers(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Reads them all, so that a wrong one is not found after hours of work.
   *
   * @throws BadInputException naming the first file that cannot be used
   */
  void check(Path outputDirectory) {
    for (TeacherFile teacher : experiment.teachers()) {
      requireOutside(outputDirectory, teacher.model());
      read(teacher.organ(), teacher.model());
    }
  }

  /**
   * The teacher that is given for an organ.
   *
   * @param file the given file, or its copy
   * @throws BadInputException if it is missing, damaged, or cannot teach this experiment's students
   */
  Model read(String organ, Path file) {
    Model model = GivenTeacher.model(organ, file);
    requireSameSlices(organ, file, model.card());
    requireSameChannels(organ, file, model.card());
    return model;
  }

  private void requireSameSlices(String organ, Path file, ModelCard card) {
    CardDifferences differences = new CardDifferences();
    differences.addPreprocessing(card.preprocessing(), experiment.preprocessing());
    differences.addInput(card, experiment);
    if (differences.any()) {
      throw new BadInputException(
          file
              + ", the teacher of "
              + organ
              + ", saw other slices than the student would: "
              + differences.told()
              + ".",
          "Write "
              + differences.elements()
              + ", so that the student sees what its teachers saw, or give another teacher.");
    }
  }

  private void requireSameChannels(String organ, Path file, ModelCard card) {
    CardDifferences differences = new CardDifferences();
    differences.addNetwork(card.network(), experiment.network());
    if (!differences.any()) {
      return;
    }
    for (Method method : experiment.methods()) {
      if (method.distillation().usesFeatures()) {
        throw new BadInputException(
            file
                + ", the teacher of "
                + organ
                + ", is of another network than the student: "
                + differences.told()
                + "; method "
                + method.name()
                + " compares their features.",
            "Write "
                + differences.elements()
                + ", or compare no features: method mskd-logits, or a <featureWeight> of 0.");
      }
    }
  }

  /** Output files are replaced; the given one must stay as it is. */
  private static void requireOutside(Path outputDirectory, Path file) {
    if (!Files.exists(file) || !Files.exists(outputDirectory)) {
      return;
    }
    try {
      if (file.toRealPath().startsWith(outputDirectory.toRealPath())) {
        throw new BadInputException(
            file + ", a given teacher, lies in the output directory, where files are replaced.",
            "Copy it to another folder and give it from there.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
