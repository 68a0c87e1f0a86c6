package org.mskd.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

/**
 * One teacher that is given as a file: whether it is a whole model, and one of its organ.
 *
 * @param organ what it is given for
 * @param file the file that was declared, which messages name
 * @param model what it holds
 */
record GivenTeacher(String organ, Path file, Model model) {
  /**
   * @param copy where its bytes are read from: the file, or a copy of it
   * @throws BadInputException if it is missing, damaged, or no teacher of that organ
   */
  static GivenTeacher read(String organ, Path file, Path copy) {
    if (!Files.isRegularFile(copy)) {
      throw new BadInputException(
          file
              + " is missing or not a file; it should be the model of the teacher of "
              + organ
              + ".",
          "Correct the <model> of that <teacher>, or put the file there.");
    }
    GivenTeacher teacher = new GivenTeacher(organ, file, readable(organ, file, copy));
    teacher.requireOrgan();
    teacher.requireWhole();
    return teacher;
  }

  private static Model readable(String organ, Path file, Path copy) {
    try {
      return ModelArchive.read(copy);
    } catch (BadInputException e) {
      // The copy will be gone: the user has the file it was made of.
      throw new BadInputException(
          e.problem().replace(copy.toString(), file.toString()),
          "Give the model.mskd of a teacher of " + organ + ", or take a fresh copy of it.",
          e);
    }
  }

  ModelCard card() {
    return model.card();
  }

  /** As messages begin, such as {@code given/liver.mskd, the teacher of liver}. */
  String named() {
    return file + ", the teacher of " + organ;
  }

  private void requireOrgan() {
    String given = file + " is given as the teacher of " + organ + ", but is ";
    if (card().kind() != ModelKind.TEACHER) {
      throw new BadInputException(
          given + "a student of " + card().organs() + ".",
          "Give the model of a single-organ teacher, or leave out that <teacher> and declare a"
              + " <dataset> to train one.");
    }
    if (!card().organs().equals(List.of(organ))) {
      throw new BadInputException(
          given + "one of " + card().organs().get(0) + ".",
          "Correct the <organ> or the <model> of that <teacher>.");
    }
  }

  private void requireWhole() {
    new WeightShapes(card().network(), card().outputs())
        .objection(model.tensors())
        .ifPresent(
            objection -> {
              throw new BadInputException(
                  named() + ", holds other weights than its own card asks for: " + objection + ".",
                  "Give the model.mskd as the goal that trained it wrote it, or train that teacher"
                      + " anew: declare a <dataset> of "
                      + organ
                      + " and leave out that <teacher>.");
            });
  }
}
