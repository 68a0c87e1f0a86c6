package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.mskd.experiment.Method;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;

/**
 * A model of an experiment.
 *
 * @param kind teacher or student
 * @param name the organ of a teacher, or the name of a student
 */
public record ModelName(ModelKind kind, String name) {
  /** An archive must not choose where files lie. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String ENDING = ".mskd";

  private static final String TEACHERS = "teachers/";

  /** Other ways to write a name: as a stage, and as a folder of results. */
  private static final List<String> TEACHER_FORMS = List.of(TEACHERS, "teacher/", "teacher:");

  private static final List<String> STUDENT_FORMS = List.of("methods/", "student/", "student:");

  /** Reads {@code mskd}, {@code student:mskd}, {@code teachers/liver}, {@code teacher:liver}. */
  public static ModelName of(String text) {
    for (String form : TEACHER_FORMS) {
      if (text.startsWith(form)) {
        return new ModelName(ModelKind.TEACHER, text.substring(form.length()));
      }
    }
    for (String form : STUDENT_FORMS) {
      if (text.startsWith(form)) {
        return new ModelName(ModelKind.STUDENT, text.substring(form.length()));
      }
    }
    return new ModelName(ModelKind.STUDENT, text);
  }

  /**
   * The name of a model that is given as a file: a teacher's organ; a student's name in its
   * experiment, else that of the file.
   *
   * @param file its file name
   */
  public static ModelName of(ModelCard card, String file) {
    if (card.kind() == ModelKind.TEACHER) {
      return new ModelName(ModelKind.TEACHER, card.organs().get(0));
    }
    String recorded = card.provenance().getOrDefault("student", "");
    String ofFile =
        file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    return new ModelName(
        ModelKind.STUDENT, PLAIN_NAME.matcher(recorded).matches() ? recorded : ofFile);
  }

  /** {@code mskd} or {@code teachers/liver}. */
  public String text() {
    return kind == ModelKind.TEACHER ? TEACHERS + name : name;
  }

  /** The id of the stage that trains it, with the first seed. */
  public String stage() {
    return (kind == ModelKind.TEACHER ? "teacher/" : "student/") + name;
  }

  /** What its scores are called: teachers are evaluated together. */
  public String evaluatedAs() {
    return kind == ModelKind.TEACHER ? Method.TEACHERS : name;
  }

  /** Its archive. */
  public Path fileIn(ExperimentFolders folders) {
    return ExperimentFolders.modelIn(
        kind == ModelKind.TEACHER ? folders.teacher(name) : folders.method(name));
  }
}
