package org.mskd.pipeline.models;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.problem.BadInputException;

/** Which models of an experiment exist as files, and which of them a user names. */
public final class TrainedModels {
  private final List<ModelName> declared = new ArrayList<>();
  private final List<ModelName> trained;

  public TrainedModels(Experiment experiment, ExperimentFolders folders) {
    for (Method method : experiment.methods()) {
      declared.add(new ModelName(ModelKind.STUDENT, method.name()));
    }
    for (String organ : experiment.organs()) {
      declared.add(new ModelName(ModelKind.TEACHER, organ));
    }
    trained = declared.stream().filter(name -> Files.isRegularFile(name.fileIn(folders))).toList();
  }

  /**
   * The named models; where none is named, all trained students, or the teachers of an experiment
   * without students.
   *
   * @param names as {@link ModelName#of}
   * @throws BadInputException if one is not declared or not trained, or there is no student
   */
  public List<ModelName> select(List<String> names) {
    if (names.isEmpty() && hasTeachersAlone() && !trained.isEmpty()) {
      return trained;
    }
    if (names.isEmpty()) {
      List<ModelName> students =
          trained.stream().filter(name -> name.kind() == ModelKind.STUDENT).toList();
      if (students.isEmpty()) {
        throw new BadInputException(
            "No student of this experiment is trained. " + there(),
            "Run mvn mskd:distill first, or name what is to be exported with <export=NAME>.");
      }
      return students;
    }
    LinkedHashSet<ModelName> selected = new LinkedHashSet<>();
    names.forEach(name -> selected.add(one(name)));
    return List.copyOf(selected);
  }

  private boolean hasTeachersAlone() {
    return declared.stream().allMatch(name -> name.kind() == ModelKind.TEACHER);
  }

  private ModelName one(String text) {
    ModelName name = ModelName.of(text);
    if (!declared.contains(name)) {
      throw new BadInputException(
          "There is no model '" + text + "' in this experiment. " + there(),
          "Name students as in <methods>, and teachers as in teachers/liver.");
    }
    if (!trained.contains(name)) {
      throw new BadInputException(
          text + " is not trained. " + there(),
          name.kind() == ModelKind.STUDENT
              ? "Run mvn mskd:distill first."
              : "Run mvn mskd:train-teachers first.");
    }
    return name;
  }

  private String there() {
    return trained.isEmpty()
        ? "No model is."
        : "Trained: "
            + trained.stream().map(ModelName::text).collect(Collectors.joining(", "))
            + ".";
  }
}
