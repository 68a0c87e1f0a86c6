package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.InitialModel;
import org.mskd.experiment.Method;

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
    for (Section method : root.section("methods").items()) {
      method
          .value("name")
          .map(Value::text)
          .filter(name -> methods.stream().anyMatch(one -> one.name().equals(name)))
          .ifPresent(
              name ->
                  file(method)
                      .map(model -> InitialModel.ofStudent(name, model))
                      .ifPresent(models::add));
    }
    return models;
  }

  /** The file that an element names. */
  static Optional<Path> file(Section item) {
    return item.value(ELEMENT).map(value -> value.asPath(item.basedir()));
  }
}
