package org.mskd.pipeline.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

/**
 * A teacher that is declared as a file. The file must exist, be a complete model archive, and hold
 * the teacher of the organ that it is declared for.
 *
 * @param declared its file, and the organ that it is declared for
 * @param card its model card
 */
public record GivenTeacher(TeacherFile declared, ModelCard card) {
  /**
   * Reads the model card without the weights.
   *
   * @throws BadInputException if the file is missing, damaged, or no teacher of the organ
   */
  public static GivenTeacher read(TeacherFile declared) {
    ModelCard card = readable(declared, declared.model(), ModelArchive::readCard);
    return new GivenTeacher(declared, card).requireTeacher();
  }

  /**
   * Reads the model and compares its weights with the network in its card.
   *
   * @param copy where the bytes are read from: the declared file, or a copy of it
   * @throws BadInputException as {@link #read}, or if weights are missing or of another shape
   */
  static Model readModel(TeacherFile declared, Path copy) {
    Model model = readable(declared, copy, ModelArchive::read);
    new GivenTeacher(declared, model.card()).requireTeacher().requireShapes(model);
    return model;
  }

  /** How messages name it, such as {@code given/liver.mskd, the teacher of liver}. */
  String named() {
    return declared.named() + ", the teacher of " + organ();
  }

  /** The organ that it is declared for. */
  String organ() {
    return declared.organ();
  }

  private static <T> T readable(TeacherFile declared, Path copy, Function<Path, T> reader) {
    String named = declared.named();
    String element = declared.coordinates().isEmpty() ? "<model>" : "<artifact>";
    if (!Files.isRegularFile(copy)) {
      throw new BadInputException(
          named
              + " is missing or not a file; it should be the model of the teacher of "
              + declared.organ()
              + ".",
          "Correct the %s of that <teacher>, or put the file there.".formatted(element));
    }
    try {
      return reader.apply(copy);
    } catch (BadInputException e) {
      // The copy is temporary, so the message names the declared file.
      throw new BadInputException(
          e.problem().replace(copy.toString(), named),
          "Give the model.mskd of a teacher of "
              + declared.organ()
              + ", or take a fresh copy of it.",
          e);
    }
  }

  private GivenTeacher requireTeacher() {
    String given = declared.named() + " is given as the teacher of " + organ() + ", but is ";
    if (card.kind() != ModelKind.TEACHER) {
      throw new BadInputException(
          given + "a student of " + card.organs() + ".",
          "Give the model of a single-organ teacher, or leave out that <teacher> and declare a"
              + " <dataset> to train one.");
    }
    if (!card.organs().equals(List.of(organ()))) {
      throw new BadInputException(
          given + "one of " + card.organs().get(0) + ".",
          "Correct the <organ> of that <teacher>, or give another model.");
    }
    return this;
  }

  private void requireShapes(Model model) {
    new WeightShapes(card.architecture())
        .objection(model.tensors())
        .ifPresent(
            objection -> {
              throw new BadInputException(
                  named()
                      + ", does not hold the weights of the network in its model card: "
                      + objection
                      + ".",
                  "Give the model.mskd as the goal that trained it wrote it, or train that teacher"
                      + " here: declare a <dataset> of "
                      + organ()
                      + " and leave out that <teacher>.");
            });
  }
}
