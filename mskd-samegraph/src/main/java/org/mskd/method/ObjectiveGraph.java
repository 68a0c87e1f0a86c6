package org.mskd.method;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.UNet;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The graph of a network that objectives are added to, with the batch's tensors as inputs. */
public final class ObjectiveGraph {
  private final SameDiff graph;
  private final UNet network;
  private final TrainingContext context;
  private final SortedSet<String> inputs = new TreeSet<>(List.of(TensorBatch.IMAGE));
  private final SortedSet<String> kept = new TreeSet<>();

  ObjectiveGraph(TrainingContext context) {
    this.context = context;
    this.graph = SameDiff.create();
    int size = context.size();
    SDVariable image =
        graph.placeHolder(
            TensorBatch.IMAGE, DataType.FLOAT, context.batch(), size, size, UNet2d.SINGLE_SLICE);
    this.network = UNet.build(graph, image, context.network(), context.outputs(), context.init());
  }

  /** The graph, to add operations to. */
  public SameDiff graph() {
    return graph;
  }

  /** The context of the trainer. */
  public TrainingContext context() {
    return context;
  }

  /** The network's logits, {@code [batch, size, size, K+1]}. */
  public SDVariable logits() {
    return network.logits();
  }

  /** The network's features, one a level, each {@code [batch, size/2^l, size/2^l, C]}. */
  public List<SDVariable> features(FeatureTerms terms) {
    return network.features(terms);
  }

  /**
   * An input that each step takes from the batch by its name; a second call with a name returns the
   * same input.
   *
   * @param shape -1 where it differs from step to step
   */
  public SDVariable input(String name, DataType type, long... shape) {
    return inputs.add(name) ? graph.placeHolder(name, type, shape) : graph.getVariable(name);
  }

  /** The classes of the pixels, {@code [batch, size, size]}. */
  public SDVariable labels() {
    return classes(TensorBatch.LABEL);
  }

  /** An input of classes by another name, {@code [batch, size, size]}. */
  public SDVariable classes(String name) {
    return input(name, DataType.FLOAT, context.batch(), context.size(), context.size());
  }

  /** Which organs each slot's data set annotates, {@code [batch, K]}. */
  public SDVariable annotated() {
    return input(TensorBatch.ANNOTATED, DataType.FLOAT, context.batch(), context.organs().size());
  }

  /** Makes a value of each step readable by {@link GraphTrainer#value}, under its name. */
  public SDVariable keep(SDVariable variable) {
    kept.add(variable.name());
    return variable;
  }

  /** Names of the values that are kept. */
  SortedSet<String> kept() {
    return Collections.unmodifiableSortedSet(kept);
  }

  /** Names of all inputs. */
  SortedSet<String> inputs() {
    return Collections.unmodifiableSortedSet(inputs);
  }
}
