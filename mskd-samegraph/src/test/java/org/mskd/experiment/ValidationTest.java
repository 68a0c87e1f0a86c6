package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class ValidationTest {
  private static void refused(String part, Runnable made) {
    BadInputException e = assertThrows(BadInputException.class, made::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void valuesOutsideTheirRangesAreRefused() {
    refused("validationShare", () -> new Validation(0.6, List.of(), 0, List.of()));
    refused("validationShare", () -> new Validation(Double.NaN, List.of(), 0, List.of()));
    refused("folds", () -> new Validation(0, List.of(), 1, List.of()));
    refused("folds", () -> new Validation(0, List.of(), 21, List.of()));
    refused("onlyFolds", () -> new Validation(0, List.of(), 3, List.of(4)));
    refused("onlyFolds", () -> new Validation(0, List.of(), 0, List.of(6)));
    refused("<validationSubjects>", () -> new Validation(0.2, List.of("a"), 0, List.of()));
  }

  @Test
  void foldsDoNotHoldOutSubjectsOutsideOfACrossValidation() {
    Validation folds = new Validation(0, List.of(), 4, List.of(3, 1, 3));
    assertFalse(folds.holdsOut());
    assertEquals(List.of(1, 3), folds.trainedFolds());
    assertTrue(new Validation(0.2, List.of(), 0, List.of()).holdsOut());
    assertTrue(new Validation(0, List.of("a"), 0, List.of()).holdsOut());
    assertFalse(Validation.NONE.holdsOut());
    assertEquals(List.of(1, 2, 3, 4, 5), Validation.NONE.withFolds().trainedFolds());
  }

  @Test
  void jsonOfEarlierVersionsHoldsNothingOut() {
    Experiment experiment =
        new ExperimentBuilder()
            .datasets(
                List.of(new DatasetSource("liver", java.nio.file.Path.of("liver"), List.of(1))))
            .methods(List.of(new Method("mskd", "mskd", null)))
            .build();
    String text = ExperimentJson.write(experiment);
    String earlier = text.replaceFirst(",\"validation\":\\{[^}]*\\}", "");
    assertFalse(earlier.contains("validation"), earlier);
    assertEquals(experiment, ExperimentJson.read(earlier, Experiment.class));
  }
}
