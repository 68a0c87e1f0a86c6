package org.mskd.loss;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The loss of two classifiers by prototypes (Jiang et al., Medical Image Analysis 2025, arXiv
 * 2409.03228; its terms and the update of the prototypes are those of Zhou et al., <i>Rethinking
 * Semantic Segmentation: A Prototype View</i>, CVPR 2022). Each class has M prototypes of labelled
 * pixels and M of unlabelled ones. With the embeddings e of {@link Embedding}, the cosines s and
 * the class scores o of {@link PrototypeScores}, for each of the two kinds
 *
 * <pre>
 * CE       = -mean_i log softmax(o_i)_{y_i}                 over all pixels that have a class y_i
 * contrast = -mean_i log softmax(s_i)_{t_i}                 over the pixels of the kind
 * distance =  mean_i (1 - s_{i,t_i})²                       over the same
 * L        =  Σ_kinds CE + λ_c contrast + λ_d distance
 * </pre>
 *
 * where the softmax of s is over the prototypes of all classes, and t_i is the prototype that
 * {@link PrototypeAssignment} gives pixel i. A labelled pixel is one whose class is an annotated
 * organ or the background, an unlabelled one has any other organ or the background. No gradient
 * flows into the prototypes, the classes and the assignment. A mean over no pixel is 0.
 *
 * @param total L, a scalar
 * @param terms CE, contrast, distance of the labelled pixels, then of the unlabelled, {@code [6]}
 * @param sums the sums of the embeddings of those pixels of the kind and prototype whose largest
 *     score is their class's, {@code [2, C, M, D]}
 */
public record PrototypeLoss(SDVariable total, SDVariable terms, SDVariable sums) {
  static {
    KernelOp.register(new PrototypeLossOp());
  }

  /**
   * Parameters and inputs of a graph.
   *
   * @param features v, {@code [batch, height, width, D]}
   * @param norms scale and shift of the embedding's normalisation {@code [D]}, then of the scores'
   *     {@code [C]}
   * @param prototypes {@code [2, C, M, D]}, vectors of length 1
   * @param classes {@code [batch, height, width]}; -1 for a pixel that does not count
   * @param labelled {@code [batch, height, width]}: 1 where the class is an annotated organ, else 0
   * @param active {@code [1]}: where it is 0 the loss and its gradients are 0 and nothing is
   *     computed
   */
  public record Inputs(
      SDVariable features,
      List<SDVariable> norms,
      SDVariable prototypes,
      SDVariable classes,
      SDVariable labelled,
      SDVariable active) {
    public Inputs {
      norms = List.copyOf(norms);
    }
  }

  /**
   * Adds the loss to a graph.
   *
   * @param contrastWeight λ_c
   * @param distanceWeight λ_d
   */
  public static PrototypeLoss of(
      SameDiff graph, Inputs inputs, double contrastWeight, double distanceWeight) {
    SDVariable[] loss =
        new PrototypeLossOp(graph, inputs, contrastWeight, distanceWeight).outputVariables();
    return new PrototypeLoss(loss[0].sum(), loss[1], loss[PrototypeLossOp.SUMS]);
  }
}
