package org.mskd.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Network;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.loss.FeatureTargets;
import org.mskd.loss.MskdLoss;
import org.mskd.loss.NetworkOutputs;
import org.mskd.loss.OwnLabels;
import org.mskd.loss.TeacherTargets;
import org.mskd.training.StepResult;
import org.mskd.training.TrainableNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The multi-organ student of MS-KD: a U-Net with K+1 outputs that learns from what K frozen
 * teachers say of the same augmented images ({@link TargetSource}). Labels are used only where
 * {@link Distillation#usesLabels}: batches then carry classes {@code [batch, size, size]}, 1 where
 * the slice's own organ is, and channels {@code [batch]}, that organ's channel 1..K, 0 for no
 * label.
 */
public final class StudentNetwork implements TrainableNetwork {
  private static final String CLASSES = "label";
  private static final String CHANNELS = "labelChannel";

  private final TargetSource teachers;
  private final List<String> targets = new ArrayList<>();
  private final StudentTerms terms;
  private final boolean usesLabels;
  private final GraphSession session;

  /**
   * @param organs names of channels 1..K, for the terms
   * @param teachers where the targets come from, for the same {@code weights}; closed with the
   *     student
   * @param batch slices a batch
   * @param size side of a slice, pixels
   */
  public StudentNetwork(
      Network network,
      List<String> organs,
      TargetSource teachers,
      Distillation weights,
      int batch,
      int size,
      WeightInit init) {
    this.teachers = teachers;
    this.usesLabels = weights.usesLabels();
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, batch, size, size, 1);
    UNet unet = UNet.build(graph, image, network, organs.size() + 1, init);
    List<Integer> levels = weights.usesFeatures() ? weights.features().levels() : List.of();
    List<SDVariable> features =
        weights.usesFeatures() ? unet.features(weights.features()) : List.of();
    SDVariable margins =
        target(graph, "teachers.margins", DataType.FLOAT, batch, size, size, organs.size());
    List<FeatureTargets> maps = new ArrayList<>();
    for (int level : levels) {
      int side = size >> level;
      String name = "teachers.level" + level;
      // How many rows there are differs from step to step.
      maps.add(
          new FeatureTargets(
              target(graph, name + ".index", DataType.INT, batch, side, side, organs.size()),
              target(graph, name + ".rows", DataType.FLOAT, -1, network.baseChannels() << level)));
    }
    Optional<OwnLabels> labels =
        usesLabels
            ? Optional.of(
                new OwnLabels(
                    graph.placeHolder(CLASSES, DataType.FLOAT, batch, size, size),
                    graph.placeHolder(CHANNELS, DataType.FLOAT, batch)))
            : Optional.empty();
    MskdLoss loss =
        MskdLoss.of(
            graph,
            new NetworkOutputs(unet.logits(), features),
            new TeacherTargets(margins, maps),
            labels,
            weights);
    terms = new StudentTerms(organs, levels, weights, loss);
    session = GraphSession.forTraining(graph, loss.total().name(), terms.variables());
  }

  /** A placeholder; they are fed in the order they are made. */
  private SDVariable target(SameDiff graph, String name, DataType type, long... shape) {
    targets.add(name);
    return graph.placeHolder(name, type, shape);
  }

  @Override
  public StepResult step(MultiDataSet batch) {
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("image", batch.getFeatures(0));
    List<INDArray> said = teachers.of(batch);
    if (said.size() != targets.size()) {
      throw new IllegalArgumentException(
          "%d arrays of targets for the %d of %s".formatted(said.size(), targets.size(), targets));
    }
    for (int i = 0; i < said.size(); i++) {
      inputs.put(targets.get(i), said.get(i));
    }
    if (usesLabels) {
      inputs.put(CLASSES, batch.getLabels(0));
      inputs.put(CHANNELS, batch.getLabels(1));
    }
    return terms.read(session.run(inputs));
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
    teachers.close();
  }
}
