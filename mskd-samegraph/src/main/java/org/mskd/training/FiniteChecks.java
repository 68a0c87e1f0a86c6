package org.mskd.training;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.problem.BadInputException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stops a training with a loss, gradient or parameter that is NaN or infinite.
 *
 * @param name the stage's name, for messages
 * @param history the history, which will stay as {@link History#failedFile}
 */
record FiniteChecks(String name, History history) {

  /**
   * @param slices names of the batch's slices
   * @throws BadInputException if the loss is NaN or infinite, naming terms and slices
   */
  void loss(int iteration, StepResult result, List<String> slices) {
    if (Double.isFinite(result.loss())) {
      return;
    }
    String terms =
        result.terms().entrySet().stream()
            .filter(term -> !Double.isFinite(term.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    throw new BadInputException(
        "The loss of %s is NaN or infinite at iteration %d%s. The batch holds %s."
            .formatted(
                name, iteration, terms.isEmpty() ? "" : " (term " + terms + ")", joined(slices)),
        remedy(iteration));
  }

  /**
   * @param norm of all gradients together
   * @param models hold the gradients, and parameters that they have not changed yet
   * @param slices names of the batch's slices
   * @throws BadInputException if the norm is NaN or infinite, naming the first parameter whose
   *     gradient is, and the slices
   */
  void gradients(int iteration, double norm, List<TrainableModel> models, List<String> slices) {
    if (Double.isFinite(norm)) {
      return;
    }
    String first =
        models.stream()
            .map(TrainableModel::session)
            .flatMap(
                session ->
                    session.parameters().stream()
                        .filter(parameter -> !finite(session.gradient(parameter))))
            .findFirst()
            .orElseThrow();
    throw new BadInputException(
        ("The gradient of %s is NaN or infinite at iteration %d (parameter %s first). The batch"
                + " holds %s.")
            .formatted(name, iteration, first, joined(slices)),
        remedy(iteration));
  }

  /**
   * Checks the parameters after the last step, which no later loss covers.
   *
   * @throws BadInputException if a parameter is NaN or infinite, naming it
   */
  void parameters(List<TrainableModel> models) {
    models.forEach(model -> parameters(model.session()));
  }

  private void parameters(GraphSession session) {
    for (String parameter : session.parameters()) {
      if (!finite(session.parameter(parameter))) {
        throw new BadInputException(
            "The parameter %s of %s is NaN or infinite after the last iteration."
                .formatted(parameter, name),
            remedy());
      }
    }
  }

  private static boolean finite(INDArray array) {
    for (float value : HostFloats.copy(array)) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static String joined(List<String> slices) {
    return String.join("; ", slices);
  }

  private String remedy(int iteration) {
    return iteration == 0
        ? "No step had been made yet: check these slices, and the weights of the loss terms."
        : remedy();
  }

  private String remedy() {
    return "Lower <learningRate>. The losses of every iteration are in "
        + history.failedFile()
        + ".";
  }
}
