package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link PrototypeLoss} over a batch, with its gradients in closed form. Two passes: the first
 * computes the affinities that the assignment to prototypes needs, the second all else.
 *
 * <p>Inputs: features, scale and shift of the embedding, scale and shift of the scores, prototypes,
 * classes, labelled, active. Outputs: total {@code [1]}, terms {@code [6]}, the total's gradients
 * by the first five inputs, sums {@code [2, C, M, D]}.
 */
public final class PrototypeLossOp extends KernelOp {
  /** Inputs that have gradients. */
  private static final int LEARNT = 5;

  private static final int GRADIENTS = 2;

  /** Number of the output with the sums. */
  static final int SUMS = GRADIENTS + LEARNT;

  /** For the prototype and for clones of the graph. */
  public PrototypeLossOp() {}

  PrototypeLossOp(
      SameDiff graph, PrototypeLoss.Inputs inputs, double contrastWeight, double distanceWeight) {
    super(graph, ordered(inputs));
    attribute(contrastWeight);
    attribute(distanceWeight);
  }

  private static SDVariable[] ordered(PrototypeLoss.Inputs inputs) {
    List<SDVariable> all = new ArrayList<>(List.of(inputs.features()));
    all.addAll(inputs.norms());
    all.addAll(List.of(inputs.prototypes(), inputs.classes(), inputs.labelled(), inputs.active()));
    return all.toArray(SDVariable[]::new);
  }

  @Override
  public String opName() {
    return "mskd_prototype_loss";
  }

  @Override
  public int getNumOutputs() {
    return SUMS + 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    List<long[]> shapes = new ArrayList<>(List.of(new long[] {1}, new long[] {6}));
    inputs.subList(0, LEARNT + 1).forEach(shape -> shapes.add(shape.clone()));
    return shapes;
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    if (HostFloats.copy(in[8])[0] == 0) {
      for (INDArray array : out) {
        array.assign(0);
      }
      return;
    }
    INDArray prototypes = in[LEARNT];
    PrototypeShape shape =
        new PrototypeShape(
            (int) prototypes.size(1), (int) prototypes.size(2), (int) prototypes.size(3));
    float[][] norms = new float[4][];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = HostFloats.copy(in[1 + i]);
    }
    PrototypeSetting setting =
        new PrototypeSetting(
            shape, norms, HostFloats.copy(prototypes), attributeAt(0), attributeAt(1));
    PrototypePasses passes =
        new PrototypePasses(
            setting,
            HostFloats.read(in[0]),
            PrototypeClasses.of(
                HostFloats.read(in[6]), HostFloats.read(in[7]), (int) in[6].length()));
    passes.assign();
    double[] sums;
    try (HostFloats gradient = HostFloats.write(out[GRADIENTS])) {
      sums = passes.evaluate(gradient);
    }
    PrototypeSums layout = new PrototypeSums(shape);
    HostFloats.fill(out[0], new float[] {(float) layout.total(sums, setting)});
    HostFloats.fill(out[1], floats(sums, 0, PrototypeSums.TERMS));
    int at = PrototypeSums.TERMS;
    for (int i = GRADIENTS + 1; i < out.length; i++) {
      int length = (int) out[i].length();
      HostFloats.fill(out[i], floats(sums, at, length));
      at += length;
    }
  }

  private static float[] floats(double[] values, int from, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) values[from + i];
    }
    return floats;
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    // SameDiff takes the list as that of the first inputs; the others have no gradient.
    List<SDVariable> slopes = new ArrayList<>();
    for (int i = 0; i < LEARNT; i++) {
      slopes.add(outputVariables()[GRADIENTS + i].mul(gradients.get(0)));
    }
    return slopes;
  }
}
