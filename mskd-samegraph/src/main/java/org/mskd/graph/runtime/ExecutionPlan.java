package org.mskd.graph.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.AbstractSession;
import org.nd4j.autodiff.samediff.internal.AbstractSession.VarId;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.shape.CreateView;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;

/**
 * The operations that compute a set of variables, in order, and the last use of each intermediate
 * value. Computed once, as the graphs of this project have no control flow.
 *
 * @param steps the operations, each after those it needs
 * @param sources the placeholders, constants and parameters that are read
 */
record ExecutionPlan(List<Step> steps, Set<String> sources) {
  /**
   * One operation.
   *
   * @param operation its name in the graph
   * @param arguments its inputs, in order
   * @param computed inputs that are parameters or values of other operations
   * @param given inputs that are constants or placeholders
   * @param outputs its output variables, in order
   * @param lastUses the variables that no later operation reads
   */
  record Step(
      String operation,
      List<VarId> arguments,
      Set<VarId> computed,
      Set<String> given,
      List<VarId> outputs,
      List<VarId> lastUses) {}

  /** The plan that yields {@code wanted} and nothing else. */
  static ExecutionPlan of(SameDiff graph, Set<String> wanted) {
    Set<String> needed = needed(graph, wanted);
    Map<String, Step> ordered = new LinkedHashMap<>();
    Set<String> sources = new LinkedHashSet<>();
    for (String operation : graph.getOps().keySet()) {
      if (needed.contains(operation)) {
        append(graph, operation, ordered, sources);
      }
    }
    for (String variable : wanted) {
      if (producer(graph, variable) == null) {
        sources.add(variable);
      }
    }
    List<Step> steps = new ArrayList<>(ordered.values());
    findLastUses(steps, wanted);
    return new ExecutionPlan(List.copyOf(steps), sources);
  }

  static VarId id(String variable) {
    return new VarId(variable, AbstractSession.OUTER_FRAME, 0, null);
  }

  private static Set<String> needed(SameDiff graph, Set<String> wanted) {
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      String operation = producer(graph, open.poll());
      if (operation != null && needed.add(operation)) {
        List<String> inputs = graph.getOps().get(operation).getInputsToOp();
        if (inputs != null) {
          open.addAll(inputs);
        }
      }
    }
    return needed;
  }

  /** Appends an operation after its producers; operations mostly are in order already. */
  private static void append(
      SameDiff graph, String name, Map<String, Step> ordered, Set<String> sources) {
    if (ordered.containsKey(name)) {
      return;
    }
    SameDiffOp operation = graph.getOps().get(name);
    requireStatic(operation);
    Set<VarId> computed = new LinkedHashSet<>();
    Set<String> given = new LinkedHashSet<>();
    List<String> inputs = operation.getInputsToOp() == null ? List.of() : operation.getInputsToOp();
    for (String input : inputs) {
      String producer = producer(graph, input);
      if (producer != null) {
        append(graph, producer, ordered, sources);
        computed.add(id(input));
        continue;
      }
      sources.add(input);
      if (graph.getVariable(input).getVariableType() == VariableType.VARIABLE) {
        computed.add(id(input));
      } else {
        given.add(input);
      }
    }
    List<VarId> outputs = operation.getOutputsOfOp().stream().map(ExecutionPlan::id).toList();
    List<VarId> arguments = inputs.stream().map(ExecutionPlan::id).toList();
    ordered.put(name, new Step(name, arguments, computed, given, outputs, new ArrayList<>()));
  }

  private static void findLastUses(List<Step> steps, Set<String> wanted) {
    Map<VarId, Step> last = new HashMap<>();
    Set<VarId> made = new LinkedHashSet<>();
    for (Step step : steps) {
      step.computed().forEach(input -> last.put(input, step));
      step.outputs().forEach(output -> last.put(output, step));
      made.addAll(step.outputs());
    }
    for (VarId variable : made) {
      if (!wanted.contains(variable.getVariable())) {
        last.get(variable).lastUses().add(variable);
      }
    }
  }

  private static String producer(SameDiff graph, String variable) {
    var known = graph.getVariables().get(variable);
    if (known == null) {
      throw new IllegalArgumentException("the graph has no variable " + variable);
    }
    return known.getOutputOfOp();
  }

  private static void requireStatic(SameDiffOp operation) {
    DifferentialFunction function = operation.getOp();
    String home = function.getClass().getPackageName();
    if (home.contains("controlflow")
        || home.contains("tensorops")
        || function instanceof CreateView
        || function instanceof Assign) {
      throw new IllegalArgumentException(
          "operation " + operation.getName() + " (" + function.opName() + ") cannot be planned");
    }
  }
}
