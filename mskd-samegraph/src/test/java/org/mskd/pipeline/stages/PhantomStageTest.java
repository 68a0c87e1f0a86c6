package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.code.CodeIdentity;
import org.mskd.experiment.Phantoms;

class PhantomStageTest {
  @Test
  void theInputsAreEveryParameterButTheFolder() {
    for (String folder : List.of("/a/phantoms", "/b/phantoms")) {
      Phantoms phantoms =
          new Phantoms(Path.of(folder), List.of("spleen", "liver"), 2, 3, 64, 16, -7);
      assertEquals(
          Map.of(
              "phantomOrgans", "spleen,liver",
              "phantomSubjects", "2",
              "phantomTestSubjects", "3",
              "phantomSize", "64",
              "phantomSlices", "16",
              "phantomSeed", "-7",
              "code", CodeIdentity.of(PhantomStage.class)),
          new PhantomStage(phantoms).spec().parameters());
    }
  }
}
