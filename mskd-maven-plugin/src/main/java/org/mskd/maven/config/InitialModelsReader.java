package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.InitialModel;
import org.mskd.experiment.Method;
import org.mskd.method.Methods;

/**
 * Reads the models that trainings begin with: {@code <initialModel>} of a {@code <dataset>} for the
 * teacher of its organ, and of a {@code <method>} for its student.
 */
final class InitialModelsReader {
  static final String ELEMENT = "initialModel";

  private InitialModelsReader() {}

  /**
   * @param methods the students to train: an element of another one has no effect
   */
  static List<InitialModel> read(Section root, List<Method> methods) {
    List<InitialModel> models = new ArrayList<>();
    for (Section set : root.section("datasets").items()) {
      set.value("organ")
          .ifPresent(
              organ ->
                  file(set)
                      .map(model -> InitialModel.ofTeacher(organ.text(), model))
                      .ifPresent(models::add));
    }
    Section list = root.section("methods");
    for (Method student : methods) {
      ofStudent(list, student)
          .map(model -> InitialModel.ofStudent(student.name(), model))
          .ifPresent(models::add);
    }
    return models;
  }

  /**
   * The file of a student. A named setting, such as an ablation, without a file of its own begins
   * as the student that it is a setting of, so that the two differ in that setting alone.
   *
   * @param list the declared students
   */
  static Optional<Path> ofStudent(Section list, Method student) {
    Optional<Section> own = declared(list, student.name());
    Optional<Path> file = own.flatMap(InitialModelsReader::file);
    boolean typed = own.flatMap(item -> item.value("type")).isPresent();
    return file.isPresent() || typed || !isNamedSetting(student)
        ? file
        : declared(list, student.type())
            .filter(base -> base.value("type").isEmpty())
            .flatMap(InitialModelsReader::file);
  }

  private static boolean isNamedSetting(Method student) {
    return Methods.installed().named(student.type()).namedSettings().stream()
        .anyMatch(setting -> setting.name().equals(student.name()));
  }

  private static Optional<Section> declared(Section list, String name) {
    return list.items().stream()
        .filter(item -> item.value("name").filter(given -> given.text().equals(name)).isPresent())
        .findFirst();
  }

  /** The file that an element names. */
  private static Optional<Path> file(Section item) {
    return item.value(ELEMENT).map(value -> value.asPath(item.basedir()));
  }
}
