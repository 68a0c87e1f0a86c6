package org.mskd.pipeline.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Distillation;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.problem.BadInputException;

class TrainedModelsTest {
  private static final ModelName STUDENT = new ModelName(ModelKind.STUDENT, "mskd");
  private static final ModelName OTHER = new ModelName(ModelKind.STUDENT, "second");
  private static final ModelName LIVER = new ModelName(ModelKind.TEACHER, "liver");

  @TempDir Path root;
  private SmallExperiment small;

  @BeforeEach
  void declare() {
    small = new SmallExperiment(root);
    small.methods.add(MskdMethod.student("second", Distillation.DEFAULT));
  }

  private void train(ModelName name) {
    small.write(
        root.relativize(name.fileIn(new ExperimentFolders(small.output()))).toString(), "a model");
  }

  private List<ModelName> select(String... names) {
    return new TrainedModels(small.experiment(), new ExperimentFolders(small.output()))
        .select(List.of(names));
  }

  private void assertRefused(String message, String... names) {
    BadInputException e = assertThrows(BadInputException.class, () -> select(names));
    assertEquals(message, e.getMessage());
  }

  @Test
  void withoutNamesAllTrainedStudentsAreMeant() {
    train(OTHER);
    train(LIVER);
    assertEquals(List.of(OTHER), select());
    train(STUDENT);
    assertEquals(List.of(STUDENT, OTHER), select());
  }

  @Test
  void withoutStudentsAllTrainedTeachersAre() {
    small.methods.clear();
    assertRefused(
        "No student of this experiment is trained. No model is. Run mvn mskd:distill first, or name"
            + " what is to be exported with <export=NAME>.");
    train(LIVER);
    assertEquals(List.of(LIVER), select());
  }

  @Test
  void modelsAreNamedAsStagesOrFolders() {
    train(STUDENT);
    train(LIVER);
    assertEquals(
        List.of(LIVER, STUDENT), select("teachers/liver", "student:mskd", "mskd", "teacher:liver"));
    assertEquals(List.of(STUDENT, LIVER), select("methods/mskd", "teacher/liver"));
    assertEquals("teachers/liver", LIVER.text());
    assertEquals("mskd", STUDENT.text());
    assertEquals("teacher/liver", LIVER.stage());
    assertEquals("student/mskd", STUDENT.stage());
  }

  @Test
  void whatIsNotThereIsNamedBesideWhatIs() {
    assertRefused(
        "No student of this experiment is trained. No model is. Run mvn mskd:distill first, or name"
            + " what is to be exported with <export=NAME>.");
    train(LIVER);
    train(OTHER);
    assertRefused(
        "mskd is not trained. Trained: second, teachers/liver. Run mvn mskd:distill first.",
        "second",
        "mskd");
    assertRefused(
        "teacher:spleen is not trained. Trained: second, teachers/liver. Run mvn"
            + " mskd:train-teachers first.",
        "teacher:spleen");
    assertRefused(
        "There is no model 'liver' in this experiment. Trained: second, teachers/liver. Name"
            + " students as in <methods>, and teachers as in teachers/liver.",
        "liver");
  }
}
