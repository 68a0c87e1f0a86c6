package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class FiniteChecksTest {
  @TempDir Path folder;

  private String remedy(int iteration) {
    try (History history = History.open(folder.resolve("history.jsonl"))) {
      FiniteChecks checks = new FiniteChecks("teacher liver", history);
      StepResult result = new StepResult(Double.NaN, Map.of("diceLoss", Double.NaN));
      return assertThrows(
              BadInputException.class,
              () -> checks.loss(iteration, result, List.of("liver, a, slice 3")))
          .remedy();
    }
  }

  @Test
  void beforeTheFirstStepTheRemedyNamesNoLearningRate() {
    assertEquals(
        "No step had been made yet: check these slices, and the weights of the loss terms.",
        remedy(0));
    assertTrue(remedy(1).startsWith("Lower <learningRate>"), remedy(1));
  }
}
