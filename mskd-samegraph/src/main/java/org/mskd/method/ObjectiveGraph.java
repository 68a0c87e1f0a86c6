package org.mskd.method;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.UNet;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The graph of a network that objectives are added to, with the batch's tensors as inputs. */
public final class ObjectiveGraph {
  private final SameDiff graph;
  private final UNet network;
  private final TrainingContext context;
  private final List<String> views;
  private final SortedSet<String> inputs = new TreeSet<>();
  private final SortedSet<String> kept = new TreeSet<>();

  ObjectiveGraph(TrainingContext context, TrainedNetwork network) {
    this.context = context;
    this.views = network.views();
    this.graph = SameDiff.create();
    long size = context.size();
    long slices = (long) views.size() * context.batch();
    int channels = network.architecture().inputChannels();
    SDVariable images =
        input(StackedViews.nameOf(views), DataType.FLOAT, slices, size, size, channels);
    Optional<SDVariable> tasks =
        network.architecture().isTaskSpecific() ? Optional.of(tasks()) : Optional.empty();
    this.network = UNet.build(graph, images, network.architecture(), tasks, context.init());
  }

  /** The part of a variable of all views, {@code [views * batch, ..]}, that is one view's. */
  private SDVariable of(String view, SDVariable all) {
    if (views.size() == 1) {
      return all;
    }
    int first = views.indexOf(view) * context.batch();
    SDIndex every = SDIndex.all();
    return all.get(SDIndex.interval(first, first + context.batch()), every, every, every);
  }

  /** The graph, to add operations to. */
  public SameDiff graph() {
    return graph;
  }

  /** The context of the trainer. */
  public TrainingContext context() {
    return context;
  }

  /**
   * The network's logits for the first view, {@code [batch, size, size, K+1]}; of a task-specific
   * network {@code [batch, size, size, 1]}.
   */
  public SDVariable logits() {
    return logits(views.get(0));
  }

  /**
   * The network's logits for one view, {@code [batch, size, size, K+1]}.
   *
   * @param view the name of its tensor
   * @throws IllegalArgumentException if the network does not read it
   */
  public SDVariable logits(String view) {
    if (!views.contains(view)) {
      throw new IllegalArgumentException("no view " + view + " in " + views);
    }
    return of(view, network.logits());
  }

  /**
   * The network's features for the first view, one a level, each {@code [batch, size/2^l, size/2^l,
   * C]}.
   */
  public List<SDVariable> features(FeatureTerms terms) {
    return network.features(terms).stream().map(all -> of(views.get(0), all)).toList();
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

  /** The organ that each slot is trained for as a one-hot vector, {@code [batch, 1, K]}. */
  public SDVariable tasks() {
    return input(TaskChoice.TASKS, DataType.FLOAT, context.batch(), 1, context.organs().size());
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
