package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.model.Tensor;
import org.mskd.training.AverageDecay;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network on weak and strong views, from its own weight average's predictions and from
 * prototypes. The trained model is the average.
 */
final class LtudaTrainer implements Trainer {
  private static final String AVERAGE = "average/";
  private static final String PROTOTYPES = "prototypes";

  private final MixedViews views;
  private final GraphTrainer network;
  private final WeightAverage average;
  private final AverageDecay decay;
  private final Prototypes prototypes;
  private final AverageDecay prototypeDecay;
  private final int alignmentStart;
  private final double labelEmphasis;
  private final ArrayPool pool = new ArrayPool();

  /**
   * @param context of a batch before its views are made
   * @param views closed with this, also where this fails
   * @param network of the stacked views; closed with this, also where this fails
   * @param alignmentStart the first iteration with prototypes
   * @param labelEmphasis additional weight of annotated organs in strong views until then
   */
  LtudaTrainer(
      TrainingContext context,
      MixedViews views,
      GraphTrainer network,
      AverageDecay decay,
      Prototypes prototypes,
      AverageDecay prototypeDecay,
      int alignmentStart,
      double labelEmphasis) {
    this.views = views;
    this.network = network;
    try {
      this.average = new WeightAverage(context, network.session());
    } catch (RuntimeException | Error e) {
      network.close();
      views.close();
      throw e;
    }
    this.decay = decay;
    this.prototypes = prototypes;
    this.prototypeDecay = prototypeDecay;
    this.alignmentStart = alignmentStart;
    this.labelEmphasis = labelEmphasis;
  }

  @Override
  public StepResult step(TensorBatch batch) {
    boolean aligns = aligns(batch.iteration());
    TensorBatch stacked =
        views.stack(
            batch, average.logits(batch.get(TensorBatch.IMAGE)), aligns ? 0 : labelEmphasis);
    INDArray vectors = pool.floats(prototypes.values(), prototypes.shape());
    INDArray active = pool.floats(new float[] {aligns ? 1 : 0}, 1);
    StepResult result =
        network.step(
            stacked.with(
                Map.of(PrototypeObjective.PROTOTYPES, vectors, PrototypeObjective.ACTIVE, active)));
    pool.giveBack(vectors);
    pool.giveBack(active);
    return result;
  }

  @Override
  public boolean changesLoss(int iteration) {
    return iteration == alignmentStart;
  }

  private boolean aligns(int iteration) {
    return iteration >= alignmentStart;
  }

  @Override
  public List<TrainableModel> models() {
    return network.models();
  }

  @Override
  public void afterUpdate(int iteration) {
    average.update(decay.at(iteration));
    if (aligns(iteration)) {
      prototypes.update(
          HostFloats.copy(network.value(PrototypeObjective.SUMS)),
          prototypeDecay.at(iteration - alignmentStart));
    }
  }

  @Override
  public List<Tensor> state() {
    List<Tensor> tensors = new ArrayList<>(average.state(AVERAGE));
    tensors.add(prototypes.state(PROTOTYPES));
    return tensors;
  }

  @Override
  public void restore(Map<String, Tensor> tensors) {
    average.restore(AVERAGE, tensors);
    prototypes.restore(tensors.get(PROTOTYPES));
  }

  @Override
  public boolean averagesWeights() {
    return true;
  }

  @Override
  public List<Tensor> weights() {
    return average.weights();
  }

  @Override
  public void close() {
    network.close();
    average.close();
    views.close();
    pool.close();
  }
}
