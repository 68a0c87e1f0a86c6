package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.List;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;

/**
 * A model of an experiment.
 *
 * @param kind teacher or student
 * @param name the organ of a teacher, or the name of a student
 */
public record ModelName(ModelKind kind, String name) {
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

  /** {@code mskd} or {@code teachers/liver}. */
  public String text() {
    return kind == ModelKind.TEACHER ? TEACHERS + name : name;
  }

  /** The id of the stage that trains it, with the first seed. */
  public String stage() {
    return (kind == ModelKind.TEACHER ? "teacher/" : "student/") + name;
  }

  /** Its archive. */
  public Path fileIn(ExperimentFolders folders) {
    return ExperimentFolders.modelIn(
        kind == ModelKind.TEACHER ? folders.teacher(name) : folders.method(name));
  }
}
