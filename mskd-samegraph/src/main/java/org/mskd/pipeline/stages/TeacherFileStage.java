package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.experiment.TeacherFile;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.pipeline.models.GivenTeachers;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;

/**
 * Checks a given file and copies it to the path of a trained teacher. The file is read once, and
 * the copy is checked.
 */
public final class TeacherFileStage implements Stage {
  /** The input that only copies of given files have, not trained teachers. */
  static final String GIVEN = "given";

  private final StageContext context;
  private final TeacherFile declared;

  public TeacherFileStage(StageContext context, TeacherFile declared) {
    this.context = context;
    this.declared = declared;
  }

  @Override
  public String name() {
    return "teacher " + declared.organ() + " (given)";
  }

  /** The id of a trained teacher: an organ has either a given or a trained one. */
  @Override
  public String id() {
    return TrainStage.teacherId(declared.organ());
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(id(), StageKind.TEACHER, getClass())
            .with(GIVEN, new Input.UserFile(declared.model()));
    return context.experiment().testSet().isPresent()
        ? spec.withOutput("prepared.test", PrepareTestStage.ID)
        : spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().teacher(declared.organ()));
  }

  /** True for a teacher that was trained before, not for the copy of a file. */
  @Override
  public boolean isKept(SortedMap<String, String> inputs) {
    return !inputs.containsKey(GIVEN);
  }

  @Override
  public void run(StageWork work) {
    Path copy =
        ExperimentFolders.modelIn(context.folders().in(work.folder()).teacher(declared.organ()));
    String expected =
        work.inputs().get(GIVEN); // as recorded in the stamp, even if the file changes now
    AtomicFile.write(copy, out -> Files.copy(declared.model(), out));
    check(copy, expected);
    work.progress().step(1);
  }

  private String named() {
    return declared.named() + ", the teacher of " + declared.organ();
  }

  private void check(Path copy, String expected) {
    if (!Sha256.of(copy).equals(expected)) {
      throw new BadInputException(
          named() + ", changed while it was copied.",
          "Wait until it is complete, then run the same goal again.");
    }
    context.options().verified().require(declared.model(), copy);
    Model model = new GivenTeachers(context.experiment()).read(declared, copy);
    if (context.experiment().testSet().isPresent()) {
      SeenScans.of(named(), model.card())
          .requireNotIn(
              context.folders().prepared(PreparedSet.TEST),
              "give a teacher that was not trained on it.");
    }
  }
}
