package org.mskd.pipeline.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stages.StageContext;
import org.mskd.problem.BadInputException;

class ExperimentModelsTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final Preprocessing SLICES = new Preprocessing(32, -125, 275, List.of());

  @TempDir Path root;
  private ExperimentModels models;
  private Path teacher;
  private Path student;

  @BeforeEach
  void declare() {
    StageContext context = new SmallExperiment(root).context();
    models = new ExperimentModels(context.experiment(), context.folders());
    teacher = ExperimentFolders.modelIn(context.folders().teacher("liver"));
    student = ExperimentFolders.modelIn(context.folders().method("mskd"));
  }

  private static void write(
      Path file, ModelKind kind, Network network, List<String> organs, Preprocessing slices) {
    ModelCard card =
        new ModelCard(
            kind, network, organs, slices, slices.sliceSize(), 1, new TreeMap<>(), List.of());
    ModelArchive.write(
        file, card, List.of(new Tensor("w", new long[] {1}, new float[] {organs.size()})));
  }

  private static void refused(Path file, String part, Executable action) {
    BadInputException e = assertThrows(BadInputException.class, action);
    String start = file + " is not a model of this experiment: its " + part;
    assertTrue(e.problem().startsWith(start), e.problem());
  }

  @Test
  void readsTheModelsOfTheExperiment() {
    write(teacher, ModelKind.TEACHER, NETWORK, List.of("liver"), SLICES);
    write(student, ModelKind.STUDENT, NETWORK, List.of("liver", "spleen"), SLICES);
    assertEquals(List.of("liver"), models.teacher("liver").card().organs());
    assertEquals(List.of("liver", "spleen"), models.student("mskd").card().organs());
  }

  @Test
  void anyOtherModelIsRefusedByWhatDiffers() {
    write(student, ModelKind.STUDENT, NETWORK, List.of("spleen", "liver"), SLICES);
    refused(
        student,
        "organs: [spleen, liver]; declared: [liver, spleen]",
        () -> models.student("mskd"));
    write(teacher, ModelKind.TEACHER, NETWORK, List.of("spleen"), SLICES);
    refused(teacher, "organs", () -> models.teacher("liver"));
    write(teacher, ModelKind.STUDENT, NETWORK, List.of("liver"), SLICES);
    refused(teacher, "kind", () -> models.teacher("liver"));
    Network wide = new Network(8, 2, Normalization.INSTANCE);
    write(teacher, ModelKind.TEACHER, wide, List.of("liver"), SLICES);
    refused(teacher, "network", () -> models.teacher("liver"));
    Preprocessing large = new Preprocessing(64, -125, 275, List.of());
    write(teacher, ModelKind.TEACHER, NETWORK, List.of("liver"), large);
    refused(teacher, "preprocessing", () -> models.teacher("liver"));
  }

  /** A folder that is named as the method, but of a network that another method trains. */
  @Test
  void aStudentOfAnotherArchitectureIsRefused() {
    ModelCard card =
        new ModelCard(
            ModelKind.STUDENT,
            new ConditionalUNet2d(NETWORK, 1, 2),
            List.of("liver", "spleen"),
            SLICES,
            SLICES.sliceSize(),
            1,
            new TreeMap<>(),
            List.of());
    ModelArchive.write(student, card, List.of());
    refused(
        student,
        "architecture: unet-2d-conditional; declared: unet-2d",
        () -> models.student("mskd"));
  }

  @Test
  void aMissingModelIsNamed() {
    BadInputException e = assertThrows(BadInputException.class, () -> models.teacher("spleen"));
    assertTrue(e.problem().contains("spleen"), e.problem());
  }
}
