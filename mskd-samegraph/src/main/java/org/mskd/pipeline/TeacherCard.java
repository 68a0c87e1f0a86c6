package org.mskd.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

/**
 * What a given file says of its teacher: it must be there, whole as far as it is read, and a
 * teacher of the organ it is given for.
 */
public final class TeacherCard {
  private TeacherCard() {}

  /**
   * Reads the card alone; the weights are not looked at.
   *
   * @throws BadInputException if the file is missing, damaged, or no teacher of the organ
   */
  public static ModelCard read(TeacherFile teacher) {
    Path file = teacher.model();
    return read(teacher.organ(), file, file, ModelArchive::readCard, card -> card);
  }

  /**
   * Reads as much as the reader does.
   *
   * @param file the file that was declared, which messages name
   * @param copy where its bytes are read from: the file, or a copy of it
   * @param card of what was read
   * @throws BadInputException as {@link #read(TeacherFile)}
   */
  static <T> T read(
      String organ, Path file, Path copy, Function<Path, T> reader, Function<T, ModelCard> card) {
    if (!Files.isRegularFile(copy)) {
      throw new BadInputException(
          file
              + " is missing or not a file; it should be the model of the teacher of "
              + organ
              + ".",
          "Correct the <model> of that <teacher>, or put the file there.");
    }
    T read = readable(organ, file, copy, reader);
    requireOrgan(organ, file, card.apply(read));
    return read;
  }

  private static <T> T readable(String organ, Path file, Path copy, Function<Path, T> reader) {
    try {
      return reader.apply(copy);
    } catch (BadInputException e) {
      // The copy will be gone: the user has the file it was made of.
      throw new BadInputException(
          e.problem().replace(copy.toString(), file.toString()),
          "Give the model.mskd of a teacher of " + organ + ", or take a fresh copy of it.",
          e);
    }
  }

  private static void requireOrgan(String organ, Path file, ModelCard card) {
    String given = file + " is given as the teacher of " + organ + ", but is ";
    if (card.kind() != ModelKind.TEACHER) {
      throw new BadInputException(
          given + "a student of " + card.organs() + ".",
          "Give the model of a single-organ teacher, or leave out that <teacher> and declare a"
              + " <dataset> to train one.");
    }
    if (!card.organs().equals(List.of(organ))) {
      throw new BadInputException(
          given + "one of " + card.organs().get(0) + ".",
          "Correct the <organ> or the <model> of that <teacher>.");
    }
  }
}
