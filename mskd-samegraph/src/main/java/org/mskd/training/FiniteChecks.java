package org.mskd.training;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.mskd.problem.BadInputException;

/**
 * Stops a training whose numbers are no numbers any more.
 *
 * @param name the stage's name, for messages
 * @param history the history, which will stay as {@link History#failedFile}
 */
record FiniteChecks(String name, History history) {

  /**
   * @param slices names of the batch's slices
   * @throws BadInputException if the loss is not finite, naming terms and slices
   */
  void loss(int iteration, StepResult result, List<? extends Serializable> slices) {
    if (Double.isFinite(result.loss())) {
      return;
    }
    String terms =
        result.terms().entrySet().stream()
            .filter(term -> !Double.isFinite(term.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    String shown = slices.stream().map(Object::toString).collect(Collectors.joining("; "));
    throw new BadInputException(
        "The loss of %s is not finite at iteration %d%s. The batch holds %s."
            .formatted(name, iteration, terms.isEmpty() ? "" : " (term " + terms + ")", shown),
        iteration == 0
            ? "No step had been made yet: look at these slices, and at the weights in"
                + " <distillation>."
            : remedy());
  }

  /**
   * A last step can spoil what no loss shows any more.
   *
   * @throws BadInputException if a parameter is not finite, naming it
   */
  void parameters(GraphSession session) {
    for (String parameter : session.parameters()) {
      for (float value : HostFloats.copy(session.parameter(parameter))) {
        if (!Float.isFinite(value)) {
          throw new BadInputException(
              "The parameter %s of %s is not finite after the last iteration."
                  .formatted(parameter, name),
              remedy());
        }
      }
    }
  }

  private String remedy() {
    return "Lower <learningRate>, and look at " + history.failedFile() + " to see where it began.";
  }
}
