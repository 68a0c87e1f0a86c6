package org.mskd.graph;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
 * Runs a plan with ND4J's machinery for single operations, handing ours to their kernels.
 *
 * <p>ND4J's own session works out dependencies anew at each run, compares arrays by content while
 * doing so, and remembers the number of every array it ever freed.
 */
final class PlannedSession extends InferenceSession implements AutoCloseable {
  private static final FrameIter FRAME = new FrameIter(OUTER_FRAME, 0, null);

  private final ExecutionPlan plan;
  private final PooledMemory memory = new PooledMemory();

  /** The number of each step's first request for an array, counted from the rehearsal's first. */
  private int[] requests;

  /** Of each step; null where it is to be prepared by ND4J at each run. */
  private final PreparedStep[] prepared;

  /** How many live variables an array is the value of; an identity operation makes it two. */
  private final IdentityHashMap<INDArray, Integer> uses = new IdentityHashMap<>();

  private final StepTimes times = new StepTimes();
  private final ConvolutionEngine convolution;
  private ExecutionPlan.Step current;
  private boolean rehearsable = Engine.cpu();

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

  /** Runs the plan; every array of the run before is void from here on. */
  void execute(Map<String, INDArray> placeholders) {
    begin(placeholders);
    memory.recycle();
    if (rehearsable && !memory.asRehearsed()) {
      rehearse(placeholders);
      begin(placeholders);
    }
    for (int i = 0; i < prepared.length; i++) {
      long start = times.start();
      String operation = execute(i, placeholders);
      bury(plan.steps().get(i), memory);
      times.add(operation, start);
    }
  }

  /**
   * Walks through the plan without computing, to learn what arrays it needs and when. Where that
   * cannot be said without values, runs do without a rehearsal.
   */
  private void rehearse(Map<String, INDArray> placeholders) {
    Arrays.fill(prepared, null);
    int[] first = new int[prepared.length];
    List<Rehearsal.Request> asked;
    try (Rehearsal rehearsal = new Rehearsal()) {
      setMmgr(rehearsal);
      for (int i = 0; i < first.length; i++) {
        ExecutionPlan.Step step = plan.steps().get(i);
        first[i] = rehearsal.requests().size();
        var ready = parameterized(step, placeholders);
        DifferentialFunction operation = ready.getFirst().getOp();
        OpContext context = ready.getSecond();
        boolean told = operation instanceof Identity || operation instanceof Shape;
        keep(step, told ? run(step, operation, context) : context.getOutputArrays());
        context.purge();
        bury(step, rehearsal);
      }
      asked = rehearsal.requests();
    } catch (RuntimeException e) {
      // Not wrong, only larger; to the worker's log, as no operation of ours should need it.
      System.err.println(
          "Arrays are made when they are needed, as a run cannot be rehearsed: " + e);
      rehearsable = false;
      return;
    } finally {
      setMmgr(memory);
    }
    memory.rehearsed(asked);
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
    if (memory.asRehearsed() && PreparedStep.possible(operation)) {
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

  /** Gives back the arrays nobody needs after a step. */
  private void bury(ExecutionPlan.Step step, SessionMemMgr memory) {
    for (VarId dead : step.dead()) {
      INDArray array = nodeValueOutputs.remove(dead).getTensorValue();
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
    Arrays.fill(prepared, null);
    memory.close();
    if (convolution != null) {
      convolution.close();
    }
  }
}
