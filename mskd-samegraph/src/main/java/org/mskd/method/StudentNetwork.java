package org.mskd.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Network;
import org.mskd.graph.GraphSession;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.loss.MskdLoss;
import org.mskd.loss.NetworkOutputs;
import org.mskd.loss.OwnLabels;
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
 * who see the same augmented images in the same step. Labels are used only where {@link
 * Distillation#usesLabels}: batches then carry classes {@code [batch, size, size]}, 1 where the
 * slice's own organ is, and channels {@code [batch]}, that organ's channel 1..K, 0 for no label.
 */
public final class StudentNetwork implements TrainableNetwork {
  private static final String CLASSES = "label";
  private static final String CHANNELS = "labelChannel";

  private final List<FrozenNetwork> teachers;
  private final StudentTerms terms;
  private final boolean usesLabels;
  private final GraphSession session;

  /**
   * @param organs names of channels 1..K, for the terms
   * @param teachers one an organ; they must give logits and, where {@link
   *     Distillation#usesFeatures}, the features of {@code weights.features()}; closed with the
   *     student
   * @param batch slices a batch
   * @param size side of a slice, pixels
   */
  public StudentNetwork(
      Network network,
      List<String> organs,
      List<FrozenNetwork> teachers,
      Distillation weights,
      int batch,
      int size,
      WeightInit init) {
    this.teachers = List.copyOf(teachers);
    this.usesLabels = weights.usesLabels();
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, batch, size, size, 1);
    UNet unet = UNet.build(graph, image, network, organs.size() + 1, init);
    List<Integer> levels = weights.usesFeatures() ? weights.features().levels() : List.of();
    List<SDVariable> features =
        weights.usesFeatures() ? unet.features(weights.features()) : List.of();
    List<NetworkOutputs> said = new ArrayList<>();
    for (int k = 0; k < organs.size(); k++) {
      SDVariable logits = graph.placeHolder(logitsName(k), DataType.FLOAT, batch, size, size, 2);
      List<SDVariable> maps = new ArrayList<>();
      for (int i = 0; i < levels.size(); i++) {
        int side = size >> levels.get(i);
        int channels = network.baseChannels() << levels.get(i);
        maps.add(
            graph.placeHolder(featuresName(k, i), DataType.FLOAT, batch, side, side, channels));
      }
      said.add(new NetworkOutputs(logits, maps));
    }
    Optional<OwnLabels> labels =
        usesLabels
            ? Optional.of(
                new OwnLabels(
                    graph.placeHolder(CLASSES, DataType.FLOAT, batch, size, size),
                    graph.placeHolder(CHANNELS, DataType.FLOAT, batch)))
            : Optional.empty();
    MskdLoss loss =
        MskdLoss.of(graph, new NetworkOutputs(unet.logits(), features), said, labels, weights);
    terms = new StudentTerms(organs, levels, weights, loss);
    session = GraphSession.forTraining(graph, loss.total().name(), terms.variables());
  }

  private static String logitsName(int k) {
    return "teacher" + k + ".logits";
  }

  private static String featuresName(int k, int i) {
    return "teacher" + k + ".features" + i;
  }

  @Override
  public StepResult step(MultiDataSet batch) {
    INDArray image = batch.getFeatures(0);
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("image", image);
    for (int k = 0; k < teachers.size(); k++) {
      FrozenNetwork.Outputs outputs = teachers.get(k).run(image);
      inputs.put(logitsName(k), outputs.logits());
      for (int i = 0; i < outputs.features().size(); i++) {
        inputs.put(featuresName(k, i), outputs.features().get(i));
      }
    }
    if (usesLabels) {
      inputs.put(CLASSES, batch.getLabels(0));
      inputs.put(CHANNELS, batch.getLabels(1));
    }
    StepResult result = terms.read(session.run(inputs));
    image.close();
    INDArray[] labels = batch.getLabels();
    for (int i = 0; labels != null && i < labels.length; i++) {
      labels[i].close();
    }
    return result;
  }

  @Override
  public Optional<String> lossElements() {
    return Optional.of("<distillation> or its <method>");
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
