package org.mskd.experiment;

import java.nio.file.Path;

/**
 * A trained model whose weights a network's training begins with, in place of random ones.
 *
 * @param name of the network that is trained, such as {@code teacher liver} or {@code student mskd}
 * @param model the {@code model.mskd} that is begun with
 */
public record InitialModel(String name, Path model) {
  private static final String TEACHER = "teacher ";
  private static final String STUDENT = "student ";

  public InitialModel {
    Checks.present("name", name);
    Checks.present("initialModel", model);
  }

  /** That of an organ's teacher. */
  public static InitialModel ofTeacher(String organ, Path model) {
    return new InitialModel(TEACHER + organ, model);
  }

  /** That of a student. */
  public static InitialModel ofStudent(String student, Path model) {
    return new InitialModel(STUDENT + student, model);
  }

  /** Whether the network is the teacher of an organ. */
  public boolean isOfTeacher(String organ) {
    return name.equals(TEACHER + organ);
  }

  /** Whether the network is a teacher. */
  public boolean isOfTeacher() {
    return name.startsWith(TEACHER);
  }

  /** Whether the network is a student. */
  public boolean isOfStudent(String student) {
    return name.equals(STUDENT + student);
  }
}
