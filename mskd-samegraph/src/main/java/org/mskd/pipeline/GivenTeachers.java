package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

/**
 * The teachers that are given as files. Each must know the organ it is given for and expect the
 * slices that the student learns from. Its network may be another one, as long as no method
 * compares features, which need as many channels on both sides.
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
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file
              + " is missing or not a file; it should be the model of the teacher of "
              + organ
              + ".",
          "Correct the <model> of that <teacher>, or put the file there.");
    }
    Model model = readable(organ, file);
    ModelCard card = model.card();
    if (card.kind() != ModelKind.TEACHER) {
      throw new BadInputException(
          file
              + " is given as the teacher of "
              + organ
              + ", but is a student of "
              + card.organs()
              + ".",
          "Give the model of a single-organ teacher, or leave out that <teacher> and declare a"
              + " <dataset> to train one.");
    }
    if (!card.organs().equals(List.of(organ))) {
      throw new BadInputException(
          file
              + " is given as the teacher of "
              + organ
              + ", but is one of "
              + card.organs().get(0)
              + ".",
          "Correct the <organ> or the <model> of that <teacher>.");
    }
    requireSameSlices(organ, file, card);
    requireSameChannels(organ, file, card);
    return model;
  }

  private static Model readable(String organ, Path file) {
    try {
      return ModelArchive.read(file);
    } catch (BadInputException e) {
      throw new BadInputException(
          e.problem(),
          "Give the model.mskd of a teacher of " + organ + ", or take a fresh copy of it.",
          e);
    }
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
