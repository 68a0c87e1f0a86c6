package org.mskd.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Network;
import org.mskd.graph.GraphSession;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.loss.MskdLoss;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.StepResult;
import org.mskd.training.TrainableNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The multi-organ student of MS-KD: a U-Net with K+1 outputs that learns from K frozen teachers,
 * who see the same augmented images in the same step. No label is used.
 */
public final class StudentNetwork implements TrainableNetwork {
  private final List<String> organs;
  private final List<FrozenNetwork> teachers;
  private final Distillation weights;
  private final GraphSession session;

  /**
   * @param organs names of channels 1..K, for the terms
   * @param teachers one an organ; they must give logits and the features of {@code
   *     weights.features().levels().get(0)}; closed with the student
   */
  public StudentNetwork(
      Network network,
      List<String> organs,
      List<FrozenNetwork> teachers,
      Distillation weights,
      int batch,
      int size,
      WeightInit init) {
    this.organs = List.copyOf(organs);
    this.teachers = List.copyOf(teachers);
    this.weights = weights;
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, batch, size, size, 1);
    UNet unet = UNet.build(graph, image, network, organs.size() + 1, init);
    SDVariable features = unet.encoder().get(weights.features().levels().get(0));
    int side = size >> weights.features().levels().get(0);
    int channels = network.baseChannels() << weights.features().levels().get(0);
    List<SDVariable> logits = new ArrayList<>();
    List<SDVariable> teacherFeatures = new ArrayList<>();
    for (int k = 0; k < organs.size(); k++) {
      logits.add(graph.placeHolder(logitsName(k), DataType.FLOAT, batch, size, size, 2));
      teacherFeatures.add(
          graph.placeHolder(featuresName(k), DataType.FLOAT, batch, side, side, channels));
    }
    MskdLoss loss = MskdLoss.of(graph, unet.logits(), features, logits, teacherFeatures, weights);
    session =
        GraphSession.forTraining(
            graph,
            loss.total().name(),
            List.of(loss.logitTerms().name(), loss.featureTerms().name()));
  }

  private static String logitsName(int k) {
    return "teacher" + k + ".logits";
  }

  private static String featuresName(int k) {
    return "teacher" + k + ".features";
  }

  @Override
  public StepResult step(MultiDataSet batch) {
    INDArray image = batch.getFeatures(0);
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("image", image);
    for (int k = 0; k < teachers.size(); k++) {
      FrozenNetwork.Outputs outputs = teachers.get(k).run(image);
      inputs.put(logitsName(k), outputs.logits());
      inputs.put(featuresName(k), outputs.features());
    }
    Map<String, INDArray> outputs = session.run(inputs);
    StepResult result = result(outputs.get("logitTerms"), outputs.get("featureTerms"));
    image.close();
    return result;
  }

  private StepResult result(INDArray logitTerms, INDArray featureTerms) {
    Map<String, Double> terms = new TreeMap<>();
    double total = 0;
    for (int k = 0; k < organs.size(); k++) {
      double logit = logitTerms.getDouble(k);
      double feature = featureTerms.getDouble(k);
      terms.put("logit." + organs.get(k), logit);
      terms.put("feature." + organs.get(k), feature);
      total += logit + weights.featureWeight() * feature;
    }
    double background = logitTerms.getDouble(organs.size());
    terms.put("logit.background", background);
    return new StepResult(total + weights.backgroundWeight() * background, terms);
  }

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    teachers.forEach(FrozenNetwork::close);
  }
}
