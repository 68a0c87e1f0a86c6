package org.mskd.loss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Distillation;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The MS-KD loss in a graph whose student logits and features are parameters. */
final class LossGraph implements AutoCloseable {
  final GraphSession session;
  private final Map<String, INDArray> inputs = new HashMap<>();
  private Map<String, INDArray> outputs;

  /**
   * @param side height and width of one image
   * @param stride 2^l
   */
  LossGraph(
      Distillation weights,
      int batch,
      int side,
      int stride,
      double[][] studentLogits,
      double[][][] teacherLogits,
      double[][] studentFeatures,
      double[][][] teacherFeatures) {
    int organs = teacherLogits.length;
    int channels = studentFeatures[0].length;
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("logits", tensor(studentLogits, batch, side, side, organs + 1));
    SDVariable features =
        graph.var(
            "features", tensor(studentFeatures, batch, side / stride, side / stride, channels));
    List<SDVariable> teachers = new ArrayList<>();
    List<SDVariable> maps = new ArrayList<>();
    for (int k = 0; k < organs; k++) {
      INDArray t = tensor(teacherLogits[k], batch, side, side, 2);
      INDArray f = tensor(teacherFeatures[k], batch, side / stride, side / stride, channels);
      teachers.add(graph.placeHolder("t" + k, DataType.FLOAT, t.shape()));
      maps.add(graph.placeHolder("f" + k, DataType.FLOAT, f.shape()));
      inputs.put("t" + k, t);
      inputs.put("f" + k, f);
    }
    MskdLoss loss = MskdLoss.of(graph, logits, features, teachers, maps, weights);
    session =
        GraphSession.forTraining(
            graph, loss.total().name(), List.of("loss", "logitTerms", "featureTerms"));
  }

  private static INDArray tensor(double[][] values, long... shape) {
    float[] flat = new float[values.length * values[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / values[0].length][i % values[0].length];
    }
    return Nd4j.create(flat, shape, 'c');
  }

  LossGraph run() {
    outputs = session.run(inputs);
    return this;
  }

  double loss() {
    return outputs.get("loss").getDouble(0);
  }

  double[] terms(String name) {
    return outputs.get(name).toDoubleVector();
  }

  float[] gradient(String name) {
    return HostFloats.copy(session.gradient(name));
  }

  @Override
  public void close() {
    session.close();
  }
}
