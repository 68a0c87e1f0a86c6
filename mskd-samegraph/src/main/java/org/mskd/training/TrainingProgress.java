package org.mskd.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mskd.experiment.Training;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;

/** What changes from one iteration of a training to the next, and how it is saved and restored. */
final class TrainingProgress {
  private static final String PARAMETER = "parameter/";
  private static final String STATE = "state/";

  private final Training settings;
  private final Trainer trainer;

  /** One a model, in the models' order. */
  private final List<ParameterOptimizer> optimizers;

  private final LearningRateSchedule schedule;
  private int iteration;
  private double epochSum;
  private double average = Double.NaN;

  /** Before the first iteration. */
  TrainingProgress(Training settings, Trainer trainer) {
    this.settings = settings;
    this.trainer = trainer;
    this.optimizers =
        trainer.models().stream()
            .map(model -> ParameterOptimizer.of(model.session(), settings.optimizer()))
            .toList();
    this.schedule = LearningRateSchedule.of(settings);
  }

  /** Iterations done; the number of the next one. */
  int iteration() {
    return iteration;
  }

  /** Weight of the past losses, as in the schedule. */
  double average() {
    return average;
  }

  /** The learning rate of the next iteration. */
  double rate() {
    return schedule.rate(iteration);
  }

  /**
   * Updates all models, as {@link ParameterOptimizer#step}.
   *
   * @return the norm of all gradients of all models together
   */
  double update() {
    double rate = rate();
    double[] norms = optimizers.stream().mapToDouble(optimizer -> optimizer.step(rate)).toArray();
    return norms.length == 1
        ? norms[0]
        : Math.sqrt(Arrays.stream(norms).map(norm -> norm * norm).sum());
  }

  /** An iteration is done. */
  void end(double loss) {
    epochSum += loss;
    if ((iteration + 1) % settings.iterationsPerEpoch() == 0) {
      endEpoch(iteration + 1 - settings.iterationsPerEpoch(), iteration + 1);
      epochSum = 0;
    }
    average =
        iteration == 0
            ? loss
            : PlateauSchedule.MOMENTUM * average + (1 - PlateauSchedule.MOMENTUM) * loss;
    iteration++;
  }

  /** An epoch in which the loss changed, after its first iteration, is compared with none. */
  private void endEpoch(int begin, int end) {
    boolean mixed = IntStream.range(begin + 1, end).anyMatch(trainer::changesLoss);
    if (mixed || trainer.changesLoss(begin)) {
      schedule.forget();
    }
    if (!mixed) {
      schedule.endEpoch(epochSum / settings.iterationsPerEpoch());
    }
  }

  TrainingState state(String inputs, History history) {
    return new TrainingState(
        inputs,
        iteration,
        optimizers.get(0).steps(),
        schedule.state(),
        epochSum,
        average,
        history.bytes(),
        history.checksum());
  }

  /**
   * Parameters, the optimizers' moments and the trainer's state; valid until the next iteration.
   */
  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    List<TrainableModel> models = trainer.models();
    for (int i = 0; i < models.size(); i++) {
      String prefix = models.get(i).name() + "/";
      optimizers.get(i).state().forEach(tensor -> tensors.add(named(prefix, tensor)));
      NetworkWeights.of(models.get(i).session())
          .forEach(tensor -> tensors.add(named(prefix + PARAMETER, tensor)));
    }
    trainer.state().forEach(tensor -> tensors.add(named(STATE, tensor)));
    return tensors;
  }

  private static Tensor named(String prefix, Tensor tensor) {
    return new Tensor(prefix + tensor.name(), tensor.shape(), tensor.values());
  }

  /**
   * Resumes where a checkpoint was made.
   *
   * @throws BadInputException if its tensors are not these networks', before anything is changed
   */
  void restore(Checkpoint checkpoint) {
    SortedMap<String, Tensor> found = checkpoint.tensors();
    if (!shapes(found.values()).equals(shapes(tensors()))) {
      throw new BadInputException(
          checkpoint.file() + " holds tensors of another network.",
          "Delete it and run the same goal again.");
    }
    TrainingState state = checkpoint.state();
    List<TrainableModel> models = trainer.models();
    for (int i = 0; i < models.size(); i++) {
      Map<String, Tensor> own = without(models.get(i).name() + "/", found);
      GraphSession session = models.get(i).session();
      for (String name : session.parameters()) {
        HostFloats.fill(session.parameter(name), own.get(PARAMETER + name).values());
      }
      optimizers.get(i).restore(own, state.optimizerSteps());
    }
    trainer.restore(without(STATE, found));
    schedule.restore(state.schedule());
    iteration = state.iteration();
    epochSum = state.epochSum();
    average = state.average();
  }

  private static Map<String, Tensor> without(String prefix, SortedMap<String, Tensor> all) {
    Map<String, Tensor> own = new TreeMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), tensor);
          }
        });
    return own;
  }

  private static Map<String, String> shapes(Iterable<Tensor> tensors) {
    Map<String, String> shapes = new TreeMap<>();
    tensors.forEach(tensor -> shapes.put(tensor.name(), Arrays.toString(tensor.shape())));
    return shapes;
  }
}
