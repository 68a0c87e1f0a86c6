package org.mskd.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The MS-KD loss in a graph whose student logits and features are parameters. */
final class LossGraph implements AutoCloseable {
  final GraphSession session;
  private final Distillation settings;
  private final String total;
  private final List<String> targets = new ArrayList<>();
  private LossInputs given;
  private Map<String, INDArray> outputs;

  LossGraph(Distillation weights, LossInputs first) {
    settings = weights;
    given = first;
    SameDiff graph = SameDiff.create();
    int levels = weights.usesFeatures() ? first.strides().length : 0;
    long batch = first.batch();
    int organs = first.organs();
    SDVariable logits = parameter(graph, "logits", batch, first.side(), first.side(), organs + 1);
    List<SDVariable> maps = new ArrayList<>();
    List<FeatureTargets> rows = new ArrayList<>();
    targets.add("margins");
    for (int level = 0; level < levels; level++) {
      int side = first.side() / first.strides()[level];
      int channels = first.maps()[level][0].length;
      maps.add(parameter(graph, "features" + level, batch, side, side, channels));
      targets.addAll(List.of("index" + level, "rows" + level));
      rows.add(
          new FeatureTargets(
              graph.placeHolder("index" + level, DataType.INT, batch, side, side, organs),
              graph.placeHolder("rows" + level, DataType.FLOAT, -1, channels)));
    }
    NetworkOutputs student = new NetworkOutputs(logits, maps);
    TeacherTargets teachers =
        new TeacherTargets(
            graph.placeHolder("margins", DataType.FLOAT, batch, first.side(), first.side(), organs),
            rows);
    MskdLoss loss = MskdLoss.of(graph, student, teachers, weights);
    SDVariable sum = loss.total();
    List<String> wanted = new ArrayList<>(List.of("logitTerms"));
    loss.featureTerms().forEach(terms -> wanted.add(terms.name()));
    if (weights.usesLabels()) {
      MarginalLoss own =
          MarginalLoss.of(
              graph,
              logits,
              graph.placeHolder("classes", DataType.FLOAT, batch, first.side(), first.side()),
              graph.placeHolder("annotated", DataType.FLOAT, batch, organs));
      sum = sum.add(own.total().mul(weights.labelWeight()));
      wanted.add(own.terms().name());
    }
    total = sum.name();
    wanted.add(total);
    session = GraphSession.forTraining(graph, total, wanted);
  }

  private static SDVariable parameter(SameDiff graph, String name, long... shape) {
    return graph.var(name, Nd4j.create(DataType.FLOAT, shape));
  }

  /** What a step's targets are made of: the teachers' logits and features as they give them. */
  private List<INDArray> targets(LossInputs now) {
    long side = now.side();
    List<INDArray> logits = new ArrayList<>();
    List<List<INDArray>> features = new ArrayList<>();
    for (double[][] teacher : now.teachers()) {
      logits.add(Nd4j.create(flat(teacher), new long[] {now.batch(), side, side, 2}, 'c'));
    }
    for (int level = 0; level < targets.size() / 2; level++) {
      long map = side / now.strides()[level];
      List<INDArray> teachers = new ArrayList<>();
      for (double[][] maps : now.teacherMaps()[level]) {
        long[] shape = {now.batch(), map, map, maps[0].length};
        teachers.add(Nd4j.create(flat(maps), shape, 'c'));
      }
      features.add(teachers);
    }
    return TargetTensors.of(logits, features, settings, new ArrayPool());
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
    Map<String, INDArray> inputs = new HashMap<>();
    List<INDArray> said = targets(now);
    for (int i = 0; i < said.size(); i++) {
      inputs.put(targets.get(i), said.get(i));
    }
    long[] slices = {now.batch(), now.side(), now.side()};
    if (settings.usesLabels()) {
      inputs.put("classes", Nd4j.create(classes(now), slices, 'c'));
      inputs.put(
          "annotated", Nd4j.create(annotated(now), new long[] {now.batch(), now.organs()}, 'c'));
    }
    outputs = session.run(inputs);
    inputs.values().forEach(INDArray::close);
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

  /** The inputs have 1 where a slice's own organ is; the loss takes that organ's channel. */
  private static float[] classes(LossInputs now) {
    float[] classes = new float[now.classes().length];
    int area = classes.length / now.batch();
    for (int i = 0; i < classes.length; i++) {
      classes[i] = now.classes()[i] * now.channels()[i / area];
    }
    return classes;
  }

  private static float[] annotated(LossInputs now) {
    float[] annotated = new float[now.batch() * now.organs()];
    for (int slice = 0; slice < now.batch(); slice++) {
      if (now.channels()[slice] > 0) {
        annotated[slice * now.organs() + now.channels()[slice] - 1] = 1;
      }
    }
    return annotated;
  }

  double loss() {
    return outputs.get(total).getDouble(0);
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
    return outputs.get("marginalTerms").toDoubleVector();
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
