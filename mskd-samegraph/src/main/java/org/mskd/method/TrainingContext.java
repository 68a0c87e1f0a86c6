package org.mskd.method;

import java.util.List;
import java.util.Map;
import org.mskd.experiment.Network;
import org.mskd.graph.WeightInit;
import org.mskd.model.Tensor;

/**
 * The network and the batches that a trainer is built for.
 *
 * @param network the U-Net
 * @param organs the organs of channels 1..K
 * @param batch slices per batch
 * @param size side of the network's input, pixels
 * @param init gives the initial weights
 * @param iterations steps of the whole training; a method that uses the number says so by {@link
 *     TrainingMethod#dependsOnLength}
 * @param forcedSlots how many slots of a batch, the last ones, always show an annotated organ; the
 *     others are a sample of the data as they are
 * @param organShares mean share of the pixels of each organ, for a method that requires a {@link
 *     SizePrior}; else empty
 * @param deepSupervision whether coarser decoder levels get auxiliary outputs, in a method that
 *     makes them
 * @param initial the weights of a given model of the same network, with which the trained network
 *     begins in place of {@code init}; by name, empty without such a model
 */
public record TrainingContext(
    Network network,
    List<String> organs,
    int batch,
    int size,
    WeightInit init,
    int iterations,
    int forcedSlots,
    List<Double> organShares,
    boolean deepSupervision,
    Map<String, Tensor> initial) {
  public TrainingContext {
    initial = Map.copyOf(initial);
    organs = List.copyOf(organs);
    organShares = List.copyOf(organShares);
  }

  /** Without auxiliary outputs, and without a model to begin with. */
  public TrainingContext(
      Network network,
      List<String> organs,
      int batch,
      int size,
      WeightInit init,
      int iterations,
      int forcedSlots,
      List<Double> organShares) {
    this(network, organs, batch, size, init, iterations, forcedSlots, organShares, false, Map.of());
  }

  /** A single step without forced slots and sizes of organs. */
  public TrainingContext(
      Network network, List<String> organs, int batch, int size, WeightInit init) {
    this(network, organs, batch, size, init, 1, 0, List.of());
  }

  /** The same with other random first weights, whether or not there is a model to begin with. */
  public TrainingContext withInit(WeightInit other) {
    return new TrainingContext(
        network,
        organs,
        batch,
        size,
        other,
        iterations,
        forcedSlots,
        organShares,
        deepSupervision,
        Map.of());
  }

  /** The same beginning with the weights of a model. */
  public TrainingContext beginningWith(Map<String, Tensor> weights) {
    return new TrainingContext(
        network,
        organs,
        batch,
        size,
        init,
        iterations,
        forcedSlots,
        organShares,
        deepSupervision,
        weights);
  }

  /**
   * The same for a network that reads more slices at once, such as several views of each slice.
   *
   * @param slices per pass
   */
  public TrainingContext withBatch(int slices) {
    return new TrainingContext(
        network,
        organs,
        slices,
        size,
        init,
        iterations,
        forcedSlots,
        organShares,
        deepSupervision,
        initial);
  }

  /** The same with auxiliary outputs at coarser decoder levels. */
  public TrainingContext supervisedDeeply() {
    return new TrainingContext(
        network, organs, batch, size, init, iterations, forcedSlots, organShares, true, initial);
  }

  /** The same for maps of this level, of size/2^l pixels. */
  TrainingContext atLevel(int level) {
    return new TrainingContext(
        network,
        organs,
        batch,
        size >> level,
        init,
        iterations,
        forcedSlots,
        organShares,
        deepSupervision,
        Map.of());
  }

  /** Output channels: background and the organs. */
  public int outputs() {
    return organs.size() + 1;
  }
}
