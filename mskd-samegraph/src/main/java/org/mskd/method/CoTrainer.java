package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.loss.Probabilities;
import org.mskd.model.Tensor;
import org.mskd.training.AverageDecay;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains two networks on the same batches. Each one's {@link PeerObjective}, if any, compares it
 * with the moving average of the other. The trained model is the first one's average.
 */
final class CoTrainer implements Trainer {
  private final BatchExtension extension;
  private final Peer first;
  private final Peer second;
  private final AverageDecay decay;
  private final RampUp rampUp;
  private final ArrayPool pool = new ArrayPool();

  /** A network and its average. */
  private record Peer(String name, GraphTrainer network, WeightAverage average) {
    static Peer of(String name, TrainingContext context, List<? extends Objective> objectives) {
      GraphTrainer network = GraphTrainer.of(context, objectives);
      try {
        return new Peer(name, network, new WeightAverage(context, network.session()));
      } catch (RuntimeException | Error e) {
        network.close();
        throw e;
      }
    }

    String prefix() {
      return name + "Average/";
    }

    void close() {
      network.close();
      average.close();
    }
  }

  /**
   * @param one context of the first network
   * @param other that of the second one, whose initial weights differ
   * @param extension what the objectives need; closed with the trainer
   * @param objectives of each network; a {@link PeerObjective} among them gets the other network's
   *     probabilities
   */
  CoTrainer(
      TrainingContext one,
      TrainingContext other,
      BatchExtension extension,
      List<? extends Objective> objectives,
      AverageDecay decay,
      RampUp rampUp) {
    this.extension = extension;
    this.first = Peer.of("first", one, objectives);
    try {
      this.second = Peer.of("second", other, objectives);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
    this.decay = decay;
    this.rampUp = rampUp;
  }

  @Override
  public StepResult step(TensorBatch batch) {
    TensorBatch extended = extension.extend(batch);
    StepResult ofFirst = step(first, second, extended);
    StepResult ofSecond = step(second, first, extended);
    Map<String, Double> terms = new TreeMap<>();
    ofFirst.terms().forEach((name, value) -> terms.put(first.name() + "." + name, value));
    ofSecond.terms().forEach((name, value) -> terms.put(second.name() + "." + name, value));
    return new StepResult(ofFirst.loss() + ofSecond.loss(), terms);
  }

  private StepResult step(Peer learner, Peer peer, TensorBatch batch) {
    INDArray logits = peer.average().logits(batch.get(TensorBatch.IMAGE));
    INDArray probabilities = pool.take(DataType.FLOAT, logits.shape());
    Probabilities.of(logits, probabilities);
    INDArray factor = pool.floats(new float[] {(float) rampUp.at(batch.iteration())}, 1);
    StepResult result =
        learner
            .network()
            .step(
                batch.with(
                    Map.of(
                        PeerObjective.PROBABILITIES,
                        probabilities,
                        PeerObjective.RAMP_UP,
                        factor)));
    pool.giveBack(probabilities);
    pool.giveBack(factor);
    return result;
  }

  @Override
  public List<TrainableModel> models() {
    return List.of(
        new TrainableModel(first.name(), first.network().session()),
        new TrainableModel(second.name(), second.network().session()));
  }

  @Override
  public void afterUpdate(int iteration) {
    first.average().update(decay.at(iteration));
    second.average().update(decay.at(iteration));
  }

  @Override
  public List<Tensor> state() {
    List<Tensor> tensors = new ArrayList<>(first.average().state(first.prefix()));
    tensors.addAll(second.average().state(second.prefix()));
    return tensors;
  }

  @Override
  public void restore(Map<String, Tensor> tensors) {
    first.average().restore(first.prefix(), tensors);
    second.average().restore(second.prefix(), tensors);
  }

  @Override
  public boolean averagesWeights() {
    return true;
  }

  @Override
  public List<Tensor> weights() {
    return first.average().weights();
  }

  @Override
  public void close() {
    first.close();
    second.close();
    extension.close();
    pool.close();
  }
}
