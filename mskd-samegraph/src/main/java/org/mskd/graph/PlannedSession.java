package org.mskd.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * Runs a plan with ND4J's machinery for single operations, handing ours to their kernels.
 *
 * <p>ND4J's own session works out dependencies anew at each run, compares arrays by content while
 * doing so, and remembers the number of every array it ever freed.
 */
final class PlannedSession extends InferenceSession implements AutoCloseable {
  private static final FrameIter FRAME = new FrameIter(OUTER_FRAME, 0, null);

  private final ExecutionPlan plan;
  private final PooledMemory memory = new PooledMemory();

  /** How many live variables an array is the value of; an identity operation makes it two. */
  private final IdentityHashMap<INDArray, Integer> uses = new IdentityHashMap<>();

  private final Map<String, Long> nanoseconds = new TreeMap<>();
  private final ConvolutionEngine convolution;
  private ExecutionPlan.Step current;
  private boolean measuring;

  /**
   * @param frozen whether parameters never change after the first run
   */
  PlannedSession(SameDiff graph, ExecutionPlan plan, boolean frozen) {
    super(graph);
    this.plan = plan;
    this.convolution = Engine.convolution(frozen);
    setMmgr(memory);
  }

  PooledMemory memory() {
    return memory;
  }

  void measure(boolean on) {
    measuring = on;
    nanoseconds.clear();
  }

  Map<String, Long> nanoseconds() {
    return Collections.unmodifiableMap(nanoseconds);
  }

  /** The value of a source or a wanted variable after {@link #execute}. */
  INDArray value(String variable) {
    SDValue value = nodeValueOutputs.get(ExecutionPlan.id(variable));
    return value == null ? null : value.getTensorValue();
  }

  /** Runs the plan; every array of the run before is void from here on. */
  void execute(Map<String, INDArray> placeholders) {
    nodeValueOutputs.clear();
    uses.clear();
    memory.recycle();
    for (String source : plan.sources()) {
      boolean given = sameDiff.getVariable(source).getVariableType() == VariableType.PLACEHOLDER;
      INDArray array = given ? placeholders.get(source) : getConstantOrVariable(source);
      nodeValueOutputs.put(ExecutionPlan.id(source), SDValue.create(array));
    }
    for (ExecutionPlan.Step step : plan.steps()) {
      execute(step, placeholders);
    }
  }

  private void execute(ExecutionPlan.Step step, Map<String, INDArray> placeholders) {
    long start = measuring ? System.nanoTime() : 0;
    var ready =
        getAndParameterizeOp(
            step.operation(),
            FRAME,
            step.computed(),
            Set.of(),
            step.given(),
            placeholders,
            Set.of(),
            Map.of());
    DifferentialFunction operation = ready.getFirst().getOp();
    OpContext context = ready.getSecond();
    current = step;
    ExecutionResult result =
        doExec(operation, context, FRAME, step.computed(), Set.of(), step.given(), Map.of());
    for (int i = 0; i < step.outputs().size(); i++) {
      INDArray output =
          result.hasValues()
              ? result.valueWithKeyAtIndex(i, false).getTensorValue()
              : result.resultAt(i);
      nodeValueOutputs.put(step.outputs().get(i), SDValue.create(output));
      uses.merge(output, 1, Integer::sum);
    }
    operation.clearArrays();
    context.purge();
    for (VarId dead : step.dead()) {
      INDArray array = nodeValueOutputs.remove(dead).getTensorValue();
      if (uses.merge(array, -1, Integer::sum) == 0) {
        memory.release(array);
      }
    }
    if (measuring) {
      nanoseconds.merge(operation.opName(), System.nanoTime() - start, Long::sum);
    }
  }

  @Override
  public ExecutionResult doExec(
      DifferentialFunction operation,
      OpContext context,
      FrameIter frame,
      Set<VarId> computed,
      Set<VarId> allIterations,
      Set<String> given,
      Map<String, SDValue> others) {
    // An output that dies with its own operation has no reader: the first layer's input gradient.
    boolean needsFirst = !current.dead().contains(current.outputs().get(0));
    if (Convolutions.run(convolution, operation, context, needsFirst)) {
      return ExecutionResult.createFrom(operation, context);
    }
    if (operation instanceof KernelOp kernel) {
      kernel.run(arrays(context.getInputArrays()), arrays(context.getOutputArrays()));
      return ExecutionResult.createFrom(operation, context);
    }
    return super.doExec(operation, context, frame, computed, allIterations, given, others);
  }

  private static INDArray[] arrays(List<INDArray> arrays) {
    return arrays.toArray(INDArray[]::new);
  }

  @Override
  public void close() {
    nodeValueOutputs.clear();
    uses.clear();
    memory.close();
    if (convolution != null) {
      convolution.close();
    }
  }
}
