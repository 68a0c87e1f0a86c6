package org.mskd.graph.runtime;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.mskd.graph.kernel.Backend;
import org.mskd.graph.kernel.ConvolutionEngine;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.shape.Shape;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;

/**
 * Runs a plan with ND4J's methods for single operations; convolutions run in a {@link
 * ConvolutionEngine} and {@link KernelOp}s in their kernels.
 *
 * <p>ND4J's own session computes the dependencies again in each run, compares arrays by content
 * while doing so, and keeps the id of every array it ever freed.
 */
final class PlannedSession extends InferenceSession implements AutoCloseable {
  private static final FrameIter FRAME = new FrameIter(OUTER_FRAME, 0, null);

  private final ExecutionPlan plan;
  private final PooledMemory memory = new PooledMemory();

  /** The index of each step's first request for an array among the requests of a run. */
  private int[] requests;

  /** Of each step; null where ND4J prepares it in each run. */
  private final PreparedStep[] prepared;

  /** The number of variables an array is the value of; 2 after an identity operation. */
  private final IdentityHashMap<INDArray, Integer> uses = new IdentityHashMap<>();

  private final StepTimes times = new StepTimes();
  private final ConvolutionEngine convolution;
  private ExecutionPlan.Step current;
  private boolean plannable = Backend.cpu();

  /**
   * @param frozen whether parameters never change after the first run
   */
  PlannedSession(SameDiff graph, ExecutionPlan plan, boolean frozen) {
    super(graph);
    this.plan = plan;
    this.convolution = Engine.convolution(frozen);
    this.requests = new int[plan.steps().size()];
    this.prepared = new PreparedStep[requests.length];
    setMmgr(memory);
  }

  PooledMemory memory() {
    return memory;
  }

  StepTimes times() {
    return times;
  }

  /** The value of a source or a wanted variable after {@link #execute}. */
  INDArray value(String variable) {
    return value(ExecutionPlan.id(variable));
  }

  private INDArray value(VarId variable) {
    SDValue value = nodeValueOutputs.get(variable);
    return value == null ? null : value.getTensorValue();
  }

  /** Runs the plan. The arrays of the run before are invalid from here on. */
  void execute(Map<String, INDArray> placeholders) {
    begin(placeholders);
    memory.recycle();
    if (plannable && !memory.asPlanned()) {
      planMemory(placeholders);
      begin(placeholders);
    }
    for (int i = 0; i < prepared.length; i++) {
      long start = times.start();
      String operation = execute(i, placeholders);
      release(plan.steps().get(i), memory);
      times.add(operation, start);
    }
  }

  /**
   * A dry run: goes through the plan without computing, records which arrays it needs and when, and
   * plans the memory from that. Where a shape depends on values, arrays are pooled by shape
   * instead.
   */
  private void planMemory(Map<String, INDArray> placeholders) {
    Arrays.fill(prepared, null);
    int[] first = new int[prepared.length];
    List<DryRunMemory.Request> requested;
    try (DryRunMemory dryRun = new DryRunMemory()) {
      setMmgr(dryRun);
      for (int i = 0; i < first.length; i++) {
        ExecutionPlan.Step step = plan.steps().get(i);
        first[i] = dryRun.requests().size();
        var ready = parameterized(step, placeholders);
        DifferentialFunction operation = ready.getFirst().getOp();
        OpContext context = ready.getSecond();
        boolean cheap = operation instanceof Identity || operation instanceof Shape;
        keep(step, cheap ? run(step, operation, context) : context.getOutputArrays());
        context.purge();
        release(step, dryRun);
      }
      requested = dryRun.requests();
    } catch (RuntimeException e) {
      // Results are the same, only memory is larger; logged, as this project's graphs never need
      // it.
      System.err.println(
          "Memory cannot be planned by a dry run; arrays are allocated one by one: " + e);
      plannable = false;
      return;
    } finally {
      setMmgr(memory);
    }
    memory.plan(requested);
    requests = first;
  }

  /** Sets the sources' values, and no others. */
  private void begin(Map<String, INDArray> placeholders) {
    nodeValueOutputs.clear();
    uses.clear();
    for (String source : plan.sources()) {
      boolean given = sameDiff.getVariable(source).getVariableType() == VariableType.PLACEHOLDER;
      INDArray array = given ? placeholders.get(source) : getConstantOrVariable(source);
      nodeValueOutputs.put(ExecutionPlan.id(source), SDValue.create(array));
    }
  }

  /** Runs a step and returns the operation's name. */
  private String execute(int index, Map<String, INDArray> placeholders) {
    ExecutionPlan.Step step = plan.steps().get(index);
    PreparedStep known = prepared[index];
    if (known != null && known.accepts(arguments(step))) {
      run(step, known.operation(), known.context());
      keep(step, known.context().getOutputArrays());
      return known.operation().opName();
    }
    memory.expect(requests[index]);
    var ready = parameterized(step, placeholders);
    DifferentialFunction operation = ready.getFirst().getOp();
    OpContext context = ready.getSecond();
    keep(step, run(step, operation, context));
    if (memory.asPlanned() && PreparedStep.possible(operation)) {
      prepared[index] = new PreparedStep(operation, context);
    } else {
      prepared[index] = null;
      operation.clearArrays();
      context.purge();
    }
    return operation.opName();
  }

  private Pair<SameDiffOp, OpContext> parameterized(
      ExecutionPlan.Step step, Map<String, INDArray> placeholders) {
    return getAndParameterizeOp(
        step.operation(),
        FRAME,
        step.computed(),
        Set.of(),
        step.given(),
        placeholders,
        Set.of(),
        Map.of());
  }

  private INDArray[] arguments(ExecutionPlan.Step step) {
    INDArray[] arrays = new INDArray[step.arguments().size()];
    Arrays.setAll(arrays, i -> value(step.arguments().get(i)));
    return arrays;
  }

  private List<INDArray> run(
      ExecutionPlan.Step step, DifferentialFunction operation, OpContext context) {
    current = step;
    ExecutionResult result =
        doExec(operation, context, FRAME, step.computed(), Set.of(), step.given(), Map.of());
    return IntStream.range(0, step.outputs().size())
        .mapToObj(
            i ->
                result.hasValues()
                    ? result.valueWithKeyAtIndex(i, false).getTensorValue()
                    : result.resultAt(i))
        .toList();
  }

  private void keep(ExecutionPlan.Step step, List<INDArray> outputs) {
    for (int i = 0; i < step.outputs().size(); i++) {
      nodeValueOutputs.put(step.outputs().get(i), SDValue.create(outputs.get(i)));
      uses.merge(outputs.get(i), 1, Integer::sum);
    }
  }

  /** Releases the arrays whose last use was a step. */
  private void release(ExecutionPlan.Step step, SessionMemMgr memory) {
    for (VarId unused : step.lastUses()) {
      INDArray array = nodeValueOutputs.remove(unused).getTensorValue();
      if (uses.merge(array, -1, Integer::sum) == 0) {
        memory.release(array);
      }
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
    // An output released after its own operation has no reader: the first layer's input gradient.
    boolean needsFirst = !current.lastUses().contains(current.outputs().get(0));
    if (Convolutions.run(convolution, operation, context, needsFirst)) {
      return ExecutionResult.createFrom(operation, context);
    }
    if (operation instanceof KernelOp kernel) {
      kernel.run(context);
      return ExecutionResult.createFrom(operation, context);
    }
    return super.doExec(operation, context, frame, computed, allIterations, given, others);
  }

  @Override
  public void close() {
    nodeValueOutputs.clear();
    uses.clear();
    Arrays.fill(prepared, null);
    memory.close();
    if (convolution != null) {
      convolution.close();
    }
  }
}
