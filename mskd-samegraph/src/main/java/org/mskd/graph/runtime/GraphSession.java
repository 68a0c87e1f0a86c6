package org.mskd.graph.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph that is run many times: forward, or forward and backward.
 *
 * <p>The arrays it returns are its own and stay valid until the next {@link #run}; parameters are
 * the graph's live arrays, which an optimizer changes in place. To be used by one thread.
 */
public final class GraphSession implements AutoCloseable {
  private final PlannedSession session;
  private final SameDiff plannedGraph;
  private final ExecutionPlan plan;
  private final List<String> outputs;
  private final Map<String, INDArray> parameters;

  /** The gradient variable of each parameter; empty without training. */
  private final Map<String, String> gradients;

  private GraphSession(
      SameDiff graph,
      Collection<String> outputs,
      Map<String, INDArray> parameters,
      Map<String, String> gradients,
      boolean frozen) {
    this.plannedGraph = graph;
    this.outputs = List.copyOf(outputs);
    this.parameters = parameters;
    this.gradients = gradients;
    Set<String> wanted = new LinkedHashSet<>(outputs);
    wanted.addAll(gradients.values());
    this.plan = ExecutionPlan.of(graph, wanted);
    this.session = new PlannedSession(graph, plan, frozen);
  }

  /**
   * A session that runs forward.
   *
   * @param outputs the variables {@link #run} returns
   * @throws IllegalArgumentException where the graph lacks a variable or has control flow
   */
  public static GraphSession forInference(SameDiff graph, List<String> outputs) {
    return forInference(graph, outputs, false);
  }

  /**
   * As {@link #forInference}, and faster, for a graph whose parameters keep their arrays and values
   * after the first run: reordered copies of the weights are cached.
   */
  public static GraphSession frozen(SameDiff graph, List<String> outputs) {
    return forInference(graph, outputs, true);
  }

  private static GraphSession forInference(SameDiff graph, List<String> outputs, boolean frozen) {
    Map<String, INDArray> parameters = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (trainable(variable)) {
        parameters.put(variable.name(), live(graph, variable.name()));
      }
    }
    return new GraphSession(graph, outputs, parameters, Map.of(), frozen);
  }

  /**
   * A session that runs forward and backward; differentiates the graph if that was not done.
   *
   * @param loss the variable to minimise, a FLOAT scalar
   * @param outputs the variables {@link #run} returns, with the loss if that is wanted
   * @throws IllegalArgumentException as {@link #forInference}, or where the graph was
   *     differentiated for another loss, or nothing trainable has an effect on the loss
   */
  public static GraphSession forTraining(SameDiff graph, String loss, List<String> outputs) {
    SameDiff gradient = QuietGradient.of(graph, loss);
    Map<String, INDArray> parameters = new TreeMap<>();
    Map<String, String> gradients = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      String name = variable.name();
      SDVariable derivative = trainable(variable) ? gradient.getGradForVariable(name) : null;
      if (derivative != null) {
        INDArray array = live(graph, name);
        gradient.associateArrayWithVariable(array, gradient.getVariable(name));
        parameters.put(name, live(gradient, name));
        gradients.put(name, derivative.name());
        if (parameters.get(name) != array) {
          throw new IllegalStateException("parameter " + name + " was copied by its gradient");
        }
      }
    }
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("no parameter has an effect on " + loss);
    }
    return new GraphSession(gradient, outputs, parameters, gradients, false);
  }

  /**
   * Runs the graph.
   *
   * @param placeholders the arrays of at least those placeholders the outputs depend on; they must
   *     not be arrays of this session
   * @return the outputs, in the order requested, valid until the next run
   * @throws IllegalArgumentException where a placeholder is missing or of another type
   */
  public Map<String, INDArray> run(Map<String, INDArray> placeholders) {
    Map<String, INDArray> given = new HashMap<>();
    for (String source : plan.sources()) {
      SDVariable variable = plannedGraph.getVariable(source);
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        INDArray array = placeholders.get(source);
        if (array == null || array.dataType() != variable.dataType()) {
          throw new IllegalArgumentException(
              "placeholder "
                  + source
                  + " needs "
                  + variable.dataType()
                  + (array == null ? " but has no array" : " but has " + array.dataType()));
        }
        // ND4J's own convolution, which is slower and rounds differently, would run on a view.
        given.put(source, HostFloats.dense(array) ? array : array.dup('c'));
      }
    }
    session.execute(given);
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (String output : outputs) {
      values.put(output, session.value(output));
    }
    return values;
  }

  /** The parameters' names in a fixed order; for training, of those the loss depends on. */
  public List<String> parameters() {
    return new ArrayList<>(parameters.keySet());
  }

  /** A parameter's live array. */
  public INDArray parameter(String name) {
    INDArray array = parameters.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no parameter " + name + " in this session");
    }
    return array;
  }

  /** The loss's derivative by a parameter, of the parameter's shape, valid until the next run. */
  public INDArray gradient(String parameter) {
    String variable = gradients.get(parameter);
    INDArray array = variable == null ? null : session.value(variable);
    if (array == null) {
      throw new IllegalArgumentException("no gradient of " + parameter + " in this session");
    }
    return array;
  }

  /** Starts the measurement of each kind of operation from zero, or stops it. */
  public void measure(boolean on) {
    session.times().measure(on);
  }

  /** Nanoseconds spent in each kind of operation since {@link #measure}. */
  public Map<String, Long> nanoseconds() {
    return session.times().nanoseconds();
  }

  /** How many arrays were created so far; grows in the first runs only. */
  public long arraysCreated() {
    return session.memory().created();
  }

  /** Frees all arrays but the parameters. */
  @Override
  public void close() {
    session.close();
  }

  private static boolean trainable(SDVariable variable) {
    return variable.getVariableType() == VariableType.VARIABLE && variable.dataType().isFPType();
  }

  private static INDArray live(SameDiff graph, String name) {
    INDArray array = graph.getVariable(name).getArr();
    if (array == null || array != graph.getVariable(name).getArr()) {
      throw new IllegalStateException("parameter " + name + " has no array of its own");
    }
    return array;
  }
}
