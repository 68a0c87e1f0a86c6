package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TestSet;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

class NextGoalTest {
  private static final String PREDICT =
      "predict -Dmskd.model=o/methods/mskd/model.mskd -Dmskd.input=SCANS"
          + " -Dmskd.output=predictions";

  private static final TeacherFile LIVER = new TeacherFile("liver", Path.of("liver.mskd"));

  private static String after(Goal goal, boolean tested, TeacherFile... teachers) {
    return after(
        goal, tested, List.of(MskdMethod.student(Distillation.DEFAULT)), List.of(teachers));
  }

  private static String after(
      Goal goal, boolean tested, List<Method> methods, List<TeacherFile> teachers) {
    TestSet testSet = new TestSet(Path.of("t"), List.of(new OrganLabel("liver", 1)));
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .datasets(List.of(new DatasetSource("liver", Path.of("l"), null)))
            .teachers(teachers)
            .testSet(tested ? Optional.of(testSet) : Optional.empty())
            .methods(methods)
            .build();
    return NextGoal.after(WorkerRequest.of(goal, Path.of("o")).withExperiment(experiment))
        .orElse("nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "CHECK_DATA,prepare,prepare",
    "PREPARE,train-teachers,train-teachers",
    "TRAIN_TEACHERS,distill,distill",
    "DISTILL,evaluate,nothing",
    "EVALUATE,report,report",
    "RUN," + PREDICT + "," + PREDICT,
    "REPORT,nothing,nothing",
    "EXPORT,nothing,nothing",
  })
  void followsTheExperiment(Goal goal, String tested, String untested) {
    assertEquals(tested, after(goal, true));
    assertEquals(untested, after(goal, false));
  }

  @Test
  void nothingIsDistilledWithoutStudents() {
    assertEquals("evaluate", after(Goal.TRAIN_TEACHERS, true, List.of(), List.of()));
    assertEquals("nothing", after(Goal.TRAIN_TEACHERS, false, List.of(), List.of()));
    assertEquals(
        PREDICT.replace("methods/mskd", "teachers/liver"),
        after(Goal.RUN, true, List.of(), List.of()));
  }

  @Test
  void noTeacherIsTrainedWhereAllAreGiven() {
    assertEquals("distill", after(Goal.PREPARE, true, LIVER));
    TeacherFile spleen = new TeacherFile("spleen", Path.of("spleen.mskd"));
    assertEquals("train-teachers", after(Goal.PREPARE, true, spleen));
    assertEquals("distill", after(Goal.PREPARE, true, LIVER, spleen));
  }
}
