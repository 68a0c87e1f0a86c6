package org.mskd.method;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.loss.DiceCrossEntropyLoss;
import org.mskd.training.StepResult;
import org.mskd.training.TrainableNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A single-organ network: a U-Net with two outputs, trained with Dice and cross-entropy. */
public final class TeacherNetwork implements TrainableNetwork {
  private static final List<String> TERMS = List.of("crossEntropy", "diceLoss");

  private final GraphSession session;

  /**
   * @param batch slices a batch
   * @param size side of a slice, pixels
   */
  public TeacherNetwork(Network network, int batch, int size, WeightInit init) {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, batch, size, size, 1);
    SDVariable label = graph.placeHolder("label", DataType.FLOAT, batch, size, size);
    UNet unet = UNet.build(graph, image, network, 2, init);
    DiceCrossEntropyLoss loss = DiceCrossEntropyLoss.of(graph, unet.logits(), label);
    session = GraphSession.forTraining(graph, loss.total().name(), List.of(loss.terms().name()));
  }

  @Override
  public StepResult step(MultiDataSet batch) {
    INDArray image = batch.getFeatures(0);
    INDArray label = batch.getLabels(0);
    Map<String, INDArray> outputs = session.run(Map.of("image", image, "label", label));
    Map<String, Double> terms = new TreeMap<>();
    double total = 0;
    for (int term = 0; term < TERMS.size(); term++) {
      double value = outputs.get("terms").getDouble(term);
      terms.put(TERMS.get(term), value);
      total += value;
    }
    return new StepResult(total, terms);
  }

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
