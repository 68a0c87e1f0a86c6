package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.method.Methods;
import org.mskd.method.TeacherRequirement;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.problem.BadInputException;

/**
 * The teachers that are given as files. Each must segment the organ that it is given for. Its
 * preprocessing and its network may differ from the student's: each reads slices of its own, and
 * its logits are brought to the student's grid. Its features are compared where that is possible
 * ({@link FeatureComparison}).
 */
public final class GivenTeachers {
  private final Experiment experiment;

  public GivenTeachers(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Checks all of them before any training.
   *
   * @throws BadInputException naming the first file that cannot be used, or a method that compares
   *     features of which no teacher has any
   */
  public void check() {
    List<GivenTeacher> all = new ArrayList<>();
    for (TeacherFile declared : experiment.teachers()) {
      Model model = GivenTeacher.readModel(declared, declared.model());
      // Only the card is kept: the weights of all teachers would fill the memory.
      all.add(new GivenTeacher(declared, model.card()));
    }
    all.forEach(this::requireUsable);
    for (Method method : experiment.methods()) {
      features(method).ifPresent(features -> requireComparable(all, method, features));
    }
  }

  /**
   * Reads a given teacher.
   *
   * @param declared as messages name it
   * @param copy where the bytes are read from: the declared file, or a copy of it
   * @throws BadInputException if it is missing, damaged, or does not fit this experiment's students
   */
  public Model read(TeacherFile declared, Path copy) {
    Model model = GivenTeacher.readModel(declared, copy);
    requireUsable(new GivenTeacher(declared, model.card()));
    return model;
  }

  /** What prevents that a teacher's features are compared; empty if nothing does. */
  Optional<FeatureComparison.Objection> objection(ModelCard teacher, FeatureTerms features) {
    return new FeatureComparison(experiment).objection(teacher, features);
  }

  private void requireUsable(GivenTeacher teacher) {
    requireStored(teacher);
    requireArrays(teacher);
  }

  /** Teachers that run in each step read the student's augmented batch, not slices of their own. */
  private void requireStored(GivenTeacher teacher) {
    CardDifferences differences = differences(teacher.card());
    if (!differences.any() || experiment.teacherOutputs().mayStore() || !anyMethodNeedsTeachers()) {
      return;
    }
    LiveReason live = liveReason();
    throw new BadInputException(
        "%s, reads other slices than the student: %s. With %s, teachers run in each step on the student's slices."
            .formatted(teacher.named(), differences.text(), live.cause()),
        "%s, or write %s, so that teacher and student read the same slices."
            .formatted(live.remedy(), differences.elements()));
  }

  /**
   * Why teachers run in each step.
   *
   * @param cause the element and its value
   * @param remedy what to declare, so that their outputs are stored
   */
  private record LiveReason(String cause, String remedy) {}

  private LiveReason liveReason() {
    if (experiment.training().crops(experiment.preprocessing())) {
      return new LiveReason(
          "<patchSize> " + experiment.training().patchSize(), "Set <patchSize=0>");
    }
    return experiment.teacherOutputs().mode() == TeacherOutputs.Mode.LIVE
        ? new LiveReason("<teacherOutputs> live", "Set <teacherOutputs=stored>")
        : new LiveReason("<maxStore> 0", "Leave out <maxStore>");
  }

  /** Whether a teacher reads other slices than the student. */
  boolean readsOwnSlices(ModelCard teacher) {
    return differences(teacher).any();
  }

  private CardDifferences differences(ModelCard teacher) {
    return CardDifferences.between(
        teacher,
        experiment.preprocessing(),
        experiment.inputSize(),
        experiment.network().neighbours(),
        "declared");
  }

  private boolean anyMethodNeedsTeachers() {
    return experiment.methods().stream()
        .anyMatch(method -> Methods.installed().of(method).requirements().teachers().isPresent());
  }

  /** A teacher that is trained here has the student's network. */
  private void requireComparable(List<GivenTeacher> given, Method method, FeatureTerms features) {
    Map<String, FeatureComparison.Objection> objections = new LinkedHashMap<>();
    for (GivenTeacher teacher : given) {
      objection(teacher.card(), features).ifPresent(one -> objections.put(teacher.organ(), one));
    }
    if (objections.size() == experiment.organs().size()) {
      throw new BadInputException(
          "Method %s compares features, but no teacher's can be compared with the student's: %s."
              .formatted(
                  method.name(),
                  objections.entrySet().stream()
                      .map(one -> "that of " + one.getKey() + " has " + one.getValue().why())
                      .collect(Collectors.joining(", "))),
          "%s, or compare no features: method mskd-logits, or a"
                  .formatted(objections.values().iterator().next().remedy())
              + " <featureWeight> of 0.");
    }
  }

  private static Optional<FeatureTerms> features(Method method) {
    return Methods.installed()
        .of(method)
        .requirements()
        .teachers()
        .flatMap(TeacherRequirement::features);
  }

  private void requireArrays(GivenTeacher teacher) {
    long values =
        Experiment.largestArray(
            experiment.training().batchSize(),
            teacher.card().inputSize(),
            teacher.card().network(),
            teacher.card().outputs());
    if (values > Integer.MAX_VALUE) {
      throw new BadInputException(
          "%s, has baseChannels %d, which with <batchSize> %d need an array of %d values; at most"
                  .formatted(
                      teacher.named(),
                      teacher.card().network().baseChannels(),
                      experiment.training().batchSize(),
                      values)
              + " 2^31 - 1 are possible.",
          "Lower <batchSize>, or give a teacher of fewer channels.");
    }
  }
}
