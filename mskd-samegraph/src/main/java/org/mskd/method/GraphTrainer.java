package org.mskd.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.loss.LossTerm;
import org.mskd.model.Tensor;
import org.mskd.training.NetworkWeights;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains one network, by default the plain U-Net, to minimise the sum of some objectives. */
public final class GraphTrainer implements Trainer {
  private final BatchExtension extension;
  private final SortedSet<String> inputs;
  private final String loss;
  private final List<LossTerm> terms;
  private final GraphSession session;
  private Map<String, INDArray> last = Map.of();

  private GraphTrainer(BatchExtension extension, ObjectiveGraph graph, List<LossTerms> objectives) {
    this.extension = extension.then(new CoarserMaps(graph.coarserMaps()));
    this.inputs = graph.inputs();
    SDVariable total = objectives.get(0).total();
    for (LossTerms further : objectives.subList(1, objectives.size())) {
      total = total.add(further.total());
    }
    this.loss = total.name();
    this.terms = objectives.stream().flatMap(one -> one.terms().stream()).toList();
    Set<String> outputs = new LinkedHashSet<>(List.of(loss));
    terms.forEach(term -> outputs.add(term.variable().name()));
    outputs.addAll(graph.kept());
    this.session = GraphSession.forTraining(graph.graph(), loss, new ArrayList<>(outputs));
  }

  /**
   * Builds the network and its loss.
   *
   * @param objectives at least one; their totals are added
   */
  public static GraphTrainer of(TrainingContext context, List<? extends Objective> objectives) {
    return of(context, BatchExtension.NONE, objectives);
  }

  /**
   * Builds the network and its loss.
   *
   * @param extension adds to each batch what the objectives need and the pipeline does not give;
   *     closed with the trainer
   * @param objectives at least one; their totals are added
   */
  public static GraphTrainer of(
      TrainingContext context, BatchExtension extension, List<? extends Objective> objectives) {
    return of(context, TrainedNetwork.plain(context), extension, objectives);
  }

  /**
   * Builds a network and its loss.
   *
   * @param network where it is task-specific, {@code extension} adds the tasks
   * @param extension as above
   * @param objectives as above
   */
  public static GraphTrainer of(
      TrainingContext context,
      TrainedNetwork network,
      BatchExtension extension,
      List<? extends Objective> objectives) {
    ObjectiveGraph graph = new ObjectiveGraph(context, network);
    GraphTrainer trainer =
        new GraphTrainer(
            extension.then(new StackedViews(network.views())),
            graph,
            objectives.stream().map(one -> one.add(graph)).toList());
    trainer.begin(context.initial());
    return trainer;
  }

  /** Takes the weights of a given model; parameters that it does not have stay as they are. */
  private void begin(Map<String, Tensor> initial) {
    for (String name : session.parameters()) {
      if (initial.containsKey(name)) {
        HostFloats.fill(session.parameter(name), initial.get(name).values());
      }
    }
  }

  @Override
  public StepResult step(TensorBatch batch) {
    TensorBatch extended = extension.extend(batch);
    Map<String, INDArray> values = new HashMap<>();
    inputs.forEach(name -> values.put(name, extended.get(name)));
    Map<String, INDArray> outputs = session.run(values);
    last = outputs;
    Map<String, Double> found = new TreeMap<>();
    for (LossTerm term : terms) {
      found.put(term.name(), outputs.get(term.variable().name()).getDouble(term.element()));
    }
    return new StepResult(outputs.get(loss).getDouble(0), found);
  }

  @Override
  public List<TrainableModel> models() {
    return List.of(new TrainableModel("network", session));
  }

  /** Without auxiliary outputs. */
  @Override
  public List<Tensor> weights() {
    return NetworkWeights.of(session).stream()
        .filter(weight -> !weight.name().startsWith(ObjectiveGraph.AUXILIARY))
        .toList();
  }

  /**
   * A value of the last step, valid until the next one.
   *
   * @param name of a variable that an objective keeps ({@link ObjectiveGraph#keep})
   * @throws NoSuchElementException if there is none, or no step was made
   */
  public INDArray value(String name) {
    INDArray value = last.get(name);
    if (value == null) {
      throw new NoSuchElementException("no value " + name + " of a step in " + last.keySet());
    }
    return value;
  }

  /** The session that holds the parameters and, after a step, their gradients. */
  public GraphSession session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    extension.close();
  }
}
