package org.mskd.graph.kernel;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * An operation of a SameDiff graph with a kernel in Java: only a session of this project can run
 * it, not {@code SameDiff.output} or {@code fit}.
 *
 * <p>All outputs are FLOAT. A subclass is public and has a public constructor without arguments, as
 * SameDiff clones the graph by creating each operation again when it differentiates it. Only the
 * attributes given to {@link #attribute(double)} and {@link #count(long)} are copied; fields are
 * not. Each subclass is registered once by {@link #register}, before a graph is differentiated; an
 * operation with a gradient overrides {@code doDiff}.
 */
public abstract class KernelOp extends DynamicCustomOp {
  /** For the prototype and for clones of the graph. */
  protected KernelOp() {}

  /**
   * An operation of a graph; {@link #outputVariables()} makes its outputs.
   *
   * @param graph the graph to add to
   * @param inputs in the order {@link #run} gets them
   */
  protected KernelOp(SameDiff graph, SDVariable... inputs) {
    super(null, graph, inputs);
  }

  /** A constant name of the form {@code mskd_...}; the constructor of the superclass reads it. */
  @Override
  public abstract String opName();

  @Override
  public abstract int getNumOutputs();

  /**
   * The outputs' shapes.
   *
   * @param inputs the inputs' shapes, in order
   * @return one shape per output
   */
  protected abstract List<long[]> outputShapes(List<long[]> inputs);

  /**
   * Computes the outputs.
   *
   * @param in the inputs, in order; not to be written
   * @param out the outputs, dense 'c' arrays with unspecified content, to be filled completely
   */
  protected abstract void run(INDArray[] in, INDArray[] out);

  /** Computes the outputs of a context from its inputs. */
  public final void run(OpContext context) {
    run(
        context.getInputArrays().toArray(INDArray[]::new),
        context.getOutputArrays().toArray(INDArray[]::new));
  }

  /** Appends a real attribute; call from the constructor that builds graphs. */
  protected final void attribute(double value) {
    addTArgument(value);
  }

  /** The real attribute given as number {@code index}. */
  protected final double attributeAt(int index) {
    return getTArgument(index);
  }

  /** Appends an integer attribute; call from the constructor that builds graphs. */
  protected final void count(long value) {
    addIArgument(value);
  }

  /** The integer attribute given as number {@code index}. */
  protected final long countAt(int index) {
    return getIArgument(index);
  }

  /**
   * Registers an operation with SameDiff, which needs that to differentiate a graph with it.
   * Registering again has no effect.
   *
   * @param prototype an instance made by the constructor without arguments
   * @throws IllegalArgumentException where SameDiff could not instantiate the class, or another
   *     class has the name
   */
  public static void register(KernelOp prototype) {
    Class<? extends KernelOp> type = prototype.getClass();
    try {
      if (!Modifier.isPublic(type.getModifiers())
          || !Modifier.isPublic(type.getConstructor().getModifiers())) {
        throw new IllegalArgumentException(type + " must be public");
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " needs a public constructor without arguments", e);
    }
    synchronized (KernelOp.class) {
      var known = ImportClassMapping.getOpNameMapping();
      var other = known.putIfAbsent(prototype.opName(), prototype);
      if (other != null && other.getClass() != type) {
        throw new IllegalArgumentException(
            "operation " + prototype.opName() + " is already " + other.getClass());
      }
    }
  }

  @Override
  public final List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
    List<long[]> shapes = new ArrayList<>();
    for (INDArray input : context.getInputArrays()) {
      shapes.add(input.shape());
    }
    List<LongShapeDescriptor> outputs = new ArrayList<>();
    for (long[] shape : outputShapes(shapes)) {
      outputs.add(LongShapeDescriptor.fromShape(shape, DataType.FLOAT));
    }
    return outputs;
  }

  @Override
  public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
    return Collections.nCopies(getNumOutputs(), DataType.FLOAT);
  }

  /** Any number no native operation has: otherwise ND4J would look up a native descriptor. */
  @Override
  public final long opHash() {
    return opName().hashCode() + (7L << 40);
  }

  /** None: attributes travel as float and integer arguments. */
  @Override
  public final Map<String, Object> propertiesForFunction() {
    return new LinkedHashMap<>();
  }

  @Override
  public final void setPropertiesForFunction(Map<String, Object> properties) {}
}
