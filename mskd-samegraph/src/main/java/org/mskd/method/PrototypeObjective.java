package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.NormalizationLayer;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.Layers;
import org.mskd.loss.LossTerm;
import org.mskd.loss.PrototypeLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link PrototypeLoss} on the output of the last decoder block, after a projection: a 1x1
 * convolution, the network's normalisation and activation, and another 1x1 convolution, all with
 * the block's number of channels.
 *
 * @param prototypes M, of each class
 * @param weight of the whole loss
 * @param contrastWeight λ_c
 * @param distanceWeight λ_d
 */
record PrototypeObjective(
    int prototypes, double weight, double contrastWeight, double distanceWeight)
    implements Objective {
  /** Name of the tensor of prototypes, {@code [2, K+1, M, channels]}. */
  static final String PROTOTYPES = "prototypes";

  /**
   * Name of the tensor of classes, -1 where a pixel does not count, {@code [batch, size, size]}.
   */
  static final String CLASSES = "prototypeClass";

  /** Name of the tensor that is 1 where the class is annotated, {@code [batch, size, size]}. */
  static final String LABELLED = "prototypeLabelled";

  /** Name of the tensor that is 0 where the loss is not computed, {@code [1]}. */
  static final String ACTIVE = "prototypeActive";

  /** Name of the value of sums of embeddings that a step keeps, {@code [2, K+1, M, channels]}. */
  static final String SUMS = "prototypeSums";

  private static final FeatureTerms LAST_BLOCK =
      new FeatureTerms(List.of(0), FeatureSource.DECODER, false);

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    int channels = context.network().baseChannels();
    Layers layers = new Layers(graph.graph(), context.network().normalization(), context.init());
    SDVariable hidden =
        layers.activation(
            new NormalizationLayer("projection.norm1", channels),
            layers.convolution(
                new ConvolutionLayer("projection.conv1", 1, channels, channels),
                graph.features(LAST_BLOCK).get(0)));
    SDVariable features =
        layers.convolution(new ConvolutionLayer("projection.conv2", 1, channels, channels), hidden);
    List<SDVariable> norms =
        new ArrayList<>(layers.scaleAndShift(new NormalizationLayer("projection.norm2", channels)));
    norms.addAll(
        layers.scaleAndShift(new NormalizationLayer("prototypes.norm", context.outputs())));
    PrototypeLoss loss =
        PrototypeLoss.of(
            graph.graph(),
            new PrototypeLoss.Inputs(
                features,
                norms,
                graph.input(PROTOTYPES, DataType.FLOAT, 2, context.outputs(), prototypes, channels),
                graph.classes(CLASSES),
                graph.classes(LABELLED),
                graph.input(ACTIVE, DataType.FLOAT, 1)),
            contrastWeight,
            distanceWeight);
    graph.keep(loss.sums().rename(SUMS));
    List<LossTerm> terms = new ArrayList<>();
    for (String kind : List.of("labelled", "unlabelled")) {
      for (String term : List.of("crossEntropy", "contrast", "distance")) {
        terms.add(new LossTerm(kind + "." + term, loss.terms(), terms.size()));
      }
    }
    return new LossTerms(loss.total().mul(weight), terms);
  }
}
