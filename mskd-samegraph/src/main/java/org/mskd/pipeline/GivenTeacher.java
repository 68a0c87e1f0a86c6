package org.mskd.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

/**
 * A teacher's file by itself: it must be there, whole, and a teacher of the organ it is given for.
 */
public final class GivenTeacher {
  private GivenTeacher() {}

  /**
   * What the file says of its teacher; the weights are not looked at.
   *
   * @throws BadInputException if it is missing, damaged, or no teacher of the organ
   */
  public static ModelCard card(TeacherFile teacher) {
    return read(teacher.organ(), teacher.model(), ModelArchive::readCard, card -> card);
  }

  /**
   * The teacher, weights and all.
   *
   * @throws BadInputException as {@link #card}
   */
  static Model model(String organ, Path file) {
    return read(organ, file, ModelArchive::read, Model::card);
  }

  private static <T> T read(
      String organ, Path file, Function<Path, T> reader, Function<T, ModelCard> about) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file
              + " is missing or not a file; it should be the model of the teacher of "
              + organ
              + ".",
          "Correct the <model> of that <teacher>, or put the file there.");
    }
    T read = readable(organ, file, reader);
    requireTeacherOf(organ, file, about.apply(read));
    return read;
  }

  private static <T> T readable(String organ, Path file, Function<Path, T> reader) {
    try {
      return reader.apply(file);
    } catch (BadInputException e) {
      throw new BadInputException(
          e.problem(),
          "Give the model.mskd of a teacher of " + organ + ", or take a fresh copy of it.",
          e);
    }
  }

  private static void requireTeacherOf(String organ, Path file, ModelCard card) {
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
  }
}
