package org.mskd.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private LossInputs given;
  private Map<String, INDArray> outputs;

  LossGraph(Distillation weights, LossInputs first) {
    given = first;
    SameDiff graph = SameDiff.create();
    int levels = weights.usesFeatures() ? first.strides().length : 0;
    NetworkOutputs student = outputs(graph, "", levels, first.organs() + 1, true);
    List<NetworkOutputs> teachers = new ArrayList<>();
    for (int k = 0; k < first.organs(); k++) {
      teachers.add(outputs(graph, "t" + k, levels, 2, false));
    }
    OwnLabels labels =
        new OwnLabels(
            variable(graph, "classes", false, first.batch(), first.side(), first.side()),
            variable(graph, "channels", false, first.batch()));
    MskdLoss loss = MskdLoss.of(graph, student, teachers, Optional.of(labels), weights);
    List<String> wanted = new ArrayList<>(List.of("loss", "logitTerms"));
    loss.featureTerms().forEach(terms -> wanted.add(terms.name()));
    loss.labelTerms().ifPresent(terms -> wanted.add(terms.name()));
    session = GraphSession.forTraining(graph, loss.total().name(), wanted);
  }

  private NetworkOutputs outputs(
      SameDiff graph, String name, int levels, int channels, boolean parameter) {
    int side = given.side();
    SDVariable logits =
        variable(graph, name + "logits", parameter, given.batch(), side, side, channels);
    List<SDVariable> maps = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      int map = side / given.strides()[level];
      maps.add(
          variable(
              graph,
              name + "features" + level,
              parameter,
              given.batch(),
              map,
              map,
              given.maps()[level][0].length));
    }
    return new NetworkOutputs(logits, maps);
  }

  private SDVariable variable(SameDiff graph, String name, boolean parameter, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    if (parameter) {
      return graph.var(name, array);
    }
    inputs.put(name, array);
    return graph.placeHolder(name, DataType.FLOAT, shape);
  }

  /** Runs on the inputs it was made for. */
  LossGraph run() {
    return run(given);
  }

  /** Runs on other inputs of the same shapes. */
  LossGraph run(LossInputs now) {
    given = now;
    for (String parameter : session.parameters()) {
      HostFloats.fill(
          session.parameter(parameter),
          parameter.equals("logits") ? flat(now.logits()) : flat(now.maps()[levelOf(parameter)]));
    }
    for (int k = 0; k < now.organs(); k++) {
      HostFloats.fill(inputs.get("t" + k + "logits"), flat(now.teachers()[k]));
      for (int level = 0; inputs.containsKey("t" + k + "features" + level); level++) {
        HostFloats.fill(
            inputs.get("t" + k + "features" + level), flat(now.teacherMaps()[level][k]));
      }
    }
    HostFloats.fill(inputs.get("classes"), floats(now.classes()));
    HostFloats.fill(inputs.get("channels"), floats(now.channels()));
    outputs = session.run(inputs);
    return this;
  }

  private static int levelOf(String parameter) {
    return Integer.parseInt(parameter.substring("features".length()));
  }

  private static float[] flat(double[][] values) {
    float[] flat = new float[values.length * values[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / values[0].length][i % values[0].length];
    }
    return flat;
  }

  private static float[] floats(int[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  double loss() {
    return outputs.get("loss").getDouble(0);
  }

  double[] logitTerms() {
    return outputs.get("logitTerms").toDoubleVector();
  }

  /** Of the first level. */
  double[] featureTerms() {
    return featureTerms(0);
  }

  double[] featureTerms(int level) {
    return outputs.get("featureTerms" + level).toDoubleVector();
  }

  double[] labelTerms() {
    return outputs.get("labelTerms").toDoubleVector();
  }

  float[] logitGradient() {
    return HostFloats.copy(session.gradient("logits"));
  }

  /** Of the first level. */
  float[] featureGradient() {
    return featureGradient(0);
  }

  float[] featureGradient(int level) {
    return HostFloats.copy(session.gradient("features" + level));
  }

  /** All terms, for messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    outputs.forEach(
        (name, array) ->
            text.append(name)
                .append(' ')
                .append(Arrays.toString(array.toDoubleVector()))
                .append(' '));
    return text.toString();
  }

  @Override
  public void close() {
    session.close();
  }
}
