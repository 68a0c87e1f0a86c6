package org.mskd.maven.artifact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.models.ModelName;
import org.mskd.problem.BadInputException;

/**
 * Which models of an experiment become which artifacts. In a project of the packaging {@code mskd}
 * one is the main artifact: a student, or the teacher of an experiment without students. All others
 * have a classifier: a teacher its organ, a student its name. Given teachers are artifacts of
 * another project.
 */
public final class ModelPackaging {
  private ModelPackaging() {}

  /**
   * The models in their order: students, then trained teachers.
   *
   * @param named the main model, if the user names one
   * @param hasMain whether the project's main artifact is a model
   * @param suffix of each classifier, such as {@code -labels} for an execution of its own
   * @throws BadInputException if there is no model, no main one, or two have one classifier
   */
  public static List<PackagedModel> of(
      Experiment experiment, Optional<String> named, boolean hasMain, String suffix) {
    List<ModelName> models = trained(experiment);
    if (models.isEmpty()) {
      throw new BadInputException(
          "This experiment trains no model: all teachers are given, and there is no student.",
          "Leave out <teachersOnly>, or declare a <dataset>.");
    }
    Optional<ModelName> main =
        hasMain ? Optional.of(main(experiment, models, named)) : Optional.empty();
    List<PackagedModel> packaged = new ArrayList<>();
    Map<String, ModelName> classifiers = new HashMap<>();
    for (ModelName model : models) {
      String classifier = main.filter(model::equals).isPresent() ? "" : model.name() + suffix;
      ModelName other = classifiers.put(classifier.toLowerCase(Locale.ROOT), model);
      if (other != null) {
        throw new BadInputException(
            "The models %s and %s would both have the classifier %s."
                .formatted(other.text(), model.text(), classifier),
            "Give the <method> another <name>, or make one of them the <mainModel>.");
      }
      packaged.add(new PackagedModel(model, classifier));
    }
    return packaged;
  }

  private static List<ModelName> trained(Experiment experiment) {
    List<ModelName> models = new ArrayList<>();
    for (Method method : experiment.methods()) {
      models.add(new ModelName(ModelKind.STUDENT, method.name()));
    }
    for (String organ : experiment.organs()) {
      if (experiment.teacherFile(organ).isEmpty()) {
        models.add(new ModelName(ModelKind.TEACHER, organ));
      }
    }
    return models;
  }

  private static ModelName main(
      Experiment experiment, List<ModelName> models, Optional<String> named) {
    if (named.isPresent()) {
      ModelName main = ModelName.of(named.get());
      if (!models.contains(main)) {
        throw new BadInputException(
            "<mainModel> is " + named.get() + ", which is no model of this experiment.",
            "Allowed is " + texts(models) + "; change the element or -Dmskd.mainModel.");
      }
      return main;
    }
    if (experiment.methods().isEmpty() && models.size() > 1) {
      throw new BadInputException(
          "There are %d teachers and no student, so the main artifact is not known."
              .formatted(models.size()),
          "Name it: <mainModel>%s</mainModel>, and the others get a classifier; or declare each organ in a project of its own."
              .formatted(models.get(0).text()));
    }
    return models.get(0);
  }

  private static String texts(List<ModelName> models) {
    return models.stream().map(ModelName::text).collect(Collectors.joining(", "));
  }
}
