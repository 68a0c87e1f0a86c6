package org.mskd.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Training;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;

/** What changes from one iteration of a training to the next, and how it is kept and restored. */
final class TrainingProgress {
  private static final String PARAMETER = "parameter/";

  private final Training settings;
  private final GraphSession session;
  private final AdamOptimizer optimizer;
  private final PlateauSchedule schedule;
  private int iteration;
  private double epochSum;
  private double average = Double.NaN;

  /** Before the first iteration. */
  TrainingProgress(Training settings, GraphSession session) {
    this.settings = settings;
    this.session = session;
    this.optimizer = new AdamOptimizer(session, settings.adam());
    this.schedule = new PlateauSchedule(settings.learningRate(), settings.plateau());
  }

  /** Iterations done, and so the number of the one that comes. */
  int iteration() {
    return iteration;
  }

  /** Weighs the past of the losses as the schedule does. */
  double average() {
    return average;
  }

  double rate() {
    return schedule.rate();
  }

  /** As {@link AdamOptimizer#step}. */
  double update() {
    return optimizer.step(schedule.rate());
  }

  /** An iteration is done. */
  void end(double loss) {
    epochSum += loss;
    if ((iteration + 1) % settings.iterationsPerEpoch() == 0) {
      schedule.endEpoch(epochSum / settings.iterationsPerEpoch());
      epochSum = 0;
    }
    average =
        iteration == 0
            ? loss
            : PlateauSchedule.MOMENTUM * average + (1 - PlateauSchedule.MOMENTUM) * loss;
    iteration++;
  }

  TrainingState state(String inputs, History history) {
    return new TrainingState(
        inputs,
        iteration,
        optimizer.steps(),
        schedule.state(),
        epochSum,
        average,
        history.bytes(),
        history.checksum());
  }

  /** Parameters and the optimizer's moments; good until the next iteration. */
  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(optimizer.state());
    for (Tensor tensor : NetworkWeights.of(session)) {
      tensors.add(new Tensor(PARAMETER + tensor.name(), tensor.shape(), tensor.values()));
    }
    return tensors;
  }

  /**
   * Goes on where a checkpoint was made.
   *
   * @throws BadInputException if its tensors are not this network's, before anything is changed
   */
  void restore(Checkpoint checkpoint) {
    SortedMap<String, Tensor> found = checkpoint.tensors();
    if (!shapes(found.values()).equals(shapes(tensors()))) {
      throw new BadInputException(
          checkpoint.file() + " holds tensors of another network.",
          "Delete it and run the same goal again.");
    }
    for (String name : session.parameters()) {
      HostFloats.fill(session.parameter(name), found.get(PARAMETER + name).values());
    }
    TrainingState state = checkpoint.state();
    optimizer.restore(found, state.optimizerSteps());
    schedule.restore(state.schedule());
    iteration = state.iteration();
    epochSum = state.epochSum();
    average = state.average();
  }

  private static Map<String, String> shapes(Iterable<Tensor> tensors) {
    Map<String, String> shapes = new TreeMap<>();
    tensors.forEach(tensor -> shapes.put(tensor.name(), Arrays.toString(tensor.shape())));
    return shapes;
  }
}
