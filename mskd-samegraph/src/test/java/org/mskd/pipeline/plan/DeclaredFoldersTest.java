package org.mskd.pipeline.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.request.Goal;
import org.mskd.problem.BadInputException;

class DeclaredFoldersTest {
  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
    experiment.addImages("ct");
  }

  private void add(String name, Path folder) {
    experiment.unlabelled.add(new UnlabelledSource(name, folder));
  }

  private String refused() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> ExperimentPlan.of(experiment.request(Goal.PREPARE)));
    assertFalse(Files.exists(experiment.output()));
    return e.problem();
  }

  @Test
  void noSourceMayHaveTheTestSetsName() {
    experiment.addImages("Test");
    assertEquals("<name> is Test, which is the name of the test set's folder.", refused());
    experiment = new SmallExperiment(root);
    experiment.organs.add("test");
    assertEquals("<organ> is test, which is the name of the test set's folder.", refused());
  }

  @Test
  void imagesThatAreDeclaredTwiceNameBothSources() throws IOException {
    ExperimentPlan.of(experiment.request(Goal.PREPARE)).stages();
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("ct"));
    for (Path same : List.of(root.resolve("ct"), root.resolve("ct/../ct"), link)) {
      experiment.unlabelled.subList(1, experiment.unlabelled.size()).clear();
      add("more", same);
      assertEquals(
          same + " is declared twice: the <images> more are those of the <images> ct.", refused());
    }
  }

  @Test
  void imagesOfADeclaredDataSetAreRefusedWhicheverFolderIsGiven() {
    Path imagesTr = root.resolve("liver/imagesTr");
    for (Path given : List.of(root.resolve("liver"), imagesTr)) {
      experiment.unlabelled.clear();
      add("more", given);
      assertEquals(
          imagesTr + " is declared twice: the <images> more are those of the <dataset> liver.",
          refused());
    }
    // The same images are fine where their data set is not declared.
    experiment.organs.remove("liver");
    experiment.testSet = java.util.Optional.empty();
    ExperimentPlan.of(experiment.request(Goal.PREPARE)).stages();
  }
}
