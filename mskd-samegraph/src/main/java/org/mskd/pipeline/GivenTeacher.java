package org.mskd.pipeline;

import java.nio.file.Path;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
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
    Model model = TeacherCard.read(organ, file, copy, ModelArchive::read, Model::card);
    GivenTeacher teacher = new GivenTeacher(organ, file, model);
    teacher.requireWhole();
    return teacher;
  }

  ModelCard card() {
    return model.card();
  }

  /** As messages begin, such as {@code given/liver.mskd, the teacher of liver}. */
  String named() {
    return file + ", the teacher of " + organ;
  }

  private void requireWhole() {
    new WeightShapes(card().architecture())
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
