package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.TeacherFile;
import org.mskd.method.MskdMethod;
import org.mskd.problem.BadInputException;

class ModelPackagingTest {
  private static Method student(String name) {
    return MskdMethod.student(name, Distillation.DEFAULT);
  }

  private static Experiment experiment(List<Method> methods, String... organs) {
    return new ExperimentBuilder()
        .datasets(Arrays.stream(organs).map(o -> new DatasetSource(o, Path.of(o), null)).toList())
        .methods(methods)
        .build();
  }

  /** The models, each with its classifier after a colon. */
  private static List<String> packaged(Experiment experiment, String main, boolean hasMain) {
    return ModelPackaging.of(experiment, Optional.ofNullable(main), hasMain, "").stream()
        .map(model -> model.name().text() + ":" + model.classifier())
        .toList();
  }

  private static void refused(Experiment experiment, String main, String... parts) {
    String message =
        assertThrows(BadInputException.class, () -> packaged(experiment, main, true)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void theFirstStudentIsTheMainArtifact() {
    Experiment two = experiment(List.of(student("mskd"), student("other")), "liver", "spleen");
    assertEquals(
        List.of("mskd:", "other:other", "teachers/liver:liver", "teachers/spleen:spleen"),
        packaged(two, null, true));
    assertEquals(
        List.of("mskd:mskd", "other:", "teachers/liver:liver", "teachers/spleen:spleen"),
        packaged(two, "other", true));
    assertEquals(
        List.of("mskd:mskd", "other:other", "teachers/liver:", "teachers/spleen:spleen"),
        packaged(two, "teachers/liver", true));
    refused(
        two,
        "third",
        "<mainModel> is third, which is no model of this experiment.",
        "Allowed is mskd, other, teachers/liver, teachers/spleen");
  }

  @Test
  void withoutStudentsTheTeacherIs() {
    assertEquals(List.of("teachers/liver:"), packaged(experiment(List.of(), "liver"), null, true));
    Experiment two = experiment(List.of(), "liver", "spleen");
    refused(
        two,
        null,
        "There are 2 teachers and no student, so the main artifact is not known.",
        "<mainModel>teachers/liver</mainModel>");
    assertEquals(
        List.of("teachers/liver:liver", "teachers/spleen:"),
        packaged(two, "teachers/spleen", true));
  }

  @Test
  void inAnotherProjectAllHaveAClassifier() {
    Experiment one = experiment(List.of(student("mskd")), "liver");
    assertEquals(List.of("mskd:mskd", "teachers/liver:liver"), packaged(one, null, false));
    assertEquals(
        List.of("mskd-labels", "liver-labels"),
        ModelPackaging.of(one, Optional.empty(), false, "-labels").stream()
            .map(PackagedModel::classifier)
            .toList());
  }

  @Test
  void aGivenTeacherIsAnArtifactOfAnotherProject() {
    TeacherFile liver = new TeacherFile("liver", Path.of("liver.mskd"));
    Experiment given =
        experiment(List.of(student("mskd")), "liver", "spleen").toBuilder()
            .teachers(List.of(liver))
            .build();
    assertEquals(List.of("mskd:", "teachers/spleen:spleen"), packaged(given, null, true));
    refused(given, "teachers/liver", "<mainModel> is teachers/liver");
    refused(
        experiment(List.of(), "liver").toBuilder().teachers(List.of(liver)).build(),
        null,
        "This experiment trains no model");
  }

  @Test
  void twoModelsOfOneClassifierAreRefused() {
    refused(
        experiment(List.of(student("mskd"), student("Liver")), "liver"),
        null,
        "The models Liver and teachers/liver would both have the classifier liver.",
        "Give the <method> another <name>");
  }
}
