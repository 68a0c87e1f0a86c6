package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class FiniteChecksTest {
  @TempDir Path folder;

  private String remedy(Optional<String> lossElements) {
    try (History history = History.open(folder.resolve("history.jsonl"))) {
      FiniteChecks checks = new FiniteChecks("teacher liver", lossElements, history);
      StepResult result = new StepResult(Double.NaN, Map.of("diceLoss", Double.NaN));
      return assertThrows(
              BadInputException.class, () -> checks.loss(0, result, List.of("liver, a, slice 3")))
          .remedy();
    }
  }

  @Test
  void onlyALossWithWeightsIsSaidToHaveThem() {
    assertEquals("No step had been made yet: look at these slices.", remedy(Optional.empty()));
    assertEquals(
        "No step had been made yet: look at these slices, and at the weights in <distillation> or"
            + " its <method>.",
        remedy(Optional.of("<distillation> or its <method>")));
  }
}
