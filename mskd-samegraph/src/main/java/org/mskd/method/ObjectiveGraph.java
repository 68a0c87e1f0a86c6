package org.mskd.method;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.graph.Layers;
import org.mskd.graph.UNet;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graph of a network that objectives are added to, with the batch's tensors as inputs. At a
 * coarser level ({@link #coarser}) logits are those of an auxiliary output, and maps of the batch
 * are brought to its grid ({@link CoarserMaps}).
 */
public final class ObjectiveGraph {
  /** Names of the parameters of auxiliary outputs begin with it. */
  static final String AUXILIARY = "auxiliary.";

  private final SameDiff graph;
  private final UNet network;
  private final TrainingContext context;
  private final List<String> views;
  private final SortedSet<String> inputs;
  private final SortedSet<String> kept;
  private final SortedSet<CoarserMaps.Entry> coarserMaps;
  private final Map<Integer, SDVariable> outputs;
  private final int level;
  private final Optional<SDVariable> auxiliary;

  ObjectiveGraph(TrainingContext context, TrainedNetwork network) {
    this.context = context;
    this.views = network.views();
    this.inputs = new TreeSet<>();
    this.kept = new TreeSet<>();
    this.coarserMaps = new TreeSet<>();
    this.outputs = new HashMap<>();
    this.level = 0;
    this.auxiliary = Optional.empty();
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

  private ObjectiveGraph(ObjectiveGraph finest, int level) {
    this.context = finest.context.atLevel(level);
    this.views = finest.views;
    this.graph = finest.graph;
    this.network = finest.network;
    this.inputs = finest.inputs;
    this.kept = finest.kept;
    this.coarserMaps = finest.coarserMaps;
    this.level = level;
    this.outputs = finest.outputs;
    this.auxiliary = Optional.of(outputs.computeIfAbsent(level, this::output));
  }

  private SDVariable output(int ofLevel) {
    Network shape = context.network();
    int channels = shape.baseChannels() << ofLevel;
    return new Layers(graph, shape.normalization(), context.init())
        .convolution(
            new ConvolutionLayer(AUXILIARY + ofLevel, 1, channels, context.outputs()),
            network.decoder().get(ofLevel));
  }

  /**
   * The same graph for an objective on an auxiliary output, a 1x1 convolution of a decoder block.
   * Such an objective must not use features or tasks, which are not of that level.
   *
   * @param level of the block, from 1
   */
  ObjectiveGraph coarser(int level) {
    return new ObjectiveGraph(this, level);
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
    return of(view, auxiliary.orElse(network.logits()));
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

  /**
   * An input with values of each pixel, {@code [batch, size, size, ..]}; at a coarser level those
   * of some of the pixels.
   *
   * @param channels none for one value a pixel
   */
  public SDVariable pixels(String name, long... channels) {
    String own = level == 0 ? name : coarse(name);
    long[] shape = new long[3 + channels.length];
    shape[0] = context.batch();
    shape[1] = context.size();
    shape[2] = context.size();
    System.arraycopy(channels, 0, shape, 3, channels.length);
    return input(own, DataType.FLOAT, shape);
  }

  private String coarse(String name) {
    CoarserMaps.Entry entry = new CoarserMaps.Entry(name, level);
    coarserMaps.add(entry);
    return entry.tensor();
  }

  /** The classes of the pixels, {@code [batch, size, size]}. */
  public SDVariable labels() {
    return classes(TensorBatch.LABEL);
  }

  /** An input of classes by another name, {@code [batch, size, size]}. */
  public SDVariable classes(String name) {
    return pixels(name);
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

  /** The maps of the batch that coarser objectives read. */
  SortedSet<CoarserMaps.Entry> coarserMaps() {
    return Collections.unmodifiableSortedSet(coarserMaps);
  }

  /** Names of all inputs. */
  SortedSet<String> inputs() {
    return Collections.unmodifiableSortedSet(inputs);
  }
}
