package org.mskd.training;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Two parameters, "good" and "spoilt", and the losses that a test sets. */
final class ScriptedNetwork implements Trainer {
  private final IntFunction<StepResult> script;
  private final GraphSession session;
  private int steps;
  private int change;

  ScriptedNetwork(IntFunction<StepResult> script) {
    this.script = script;
    SameDiff graph = SameDiff.create();
    SDVariable good = graph.var("good", Nd4j.createFromArray(1f, 2f));
    SDVariable spoilt = graph.var("spoilt", Nd4j.createFromArray(3f, 4f));
    good.mul(good).add(spoilt.mul(spoilt)).sum().rename("loss");
    session = GraphSession.forTraining(graph, "loss", List.of());
  }

  @Override
  public StepResult step(TensorBatch batch) {
    session.run(Map.of());
    return script.apply(steps++);
  }

  /** From this iteration on the script's loss is another one. */
  void changeLossAt(int iteration) {
    change = iteration;
  }

  @Override
  public boolean changesLoss(int iteration) {
    return iteration == change;
  }

  /** Puts a value where Adam alone would have to have made it. */
  void spoil(float value) {
    HostFloats.fill(session.parameter("spoilt"), new float[] {3, value});
  }

  float good() {
    return session.parameter("good").getFloat(0);
  }

  @Override
  public List<TrainableModel> models() {
    return List.of(new TrainableModel("network", session));
  }

  @Override
  public void close() {
    session.close();
  }
}
