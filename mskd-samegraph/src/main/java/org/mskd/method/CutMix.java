package org.mskd.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.mskd.method.CrossSetMix.Box;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * CutMix (Yun et al., arXiv 1905.04899) of a batch with teacher outputs: with some probability a
 * rectangle of a slot is that of another slot ({@link CrossSetMix}), as in LTUDA (arXiv 2409.03228)
 * one of another source where the batch has one. Image, teacher outputs and classes move alike, so
 * that every pixel keeps its targets; teachers have seen the slices as they were.
 *
 * <p>Edges are multiples of 2^l of the coarsest level whose features are compared: a position of
 * each level is then of one slot. The features themselves stay where they are, as a position has
 * the number of their row. What is annotated at a pixel is what the data set of its slot annotates,
 * see {@link #OWNERS}.
 */
final class CutMix implements BatchExtension {
  /**
   * Name of the tensor of the slot that each pixel is from, {@code [batch, size, size]}; in batches
   * with annotations.
   */
  static final String OWNERS = "cutMix.owner";

  private final CrossSetMix mix;
  private final long seed;
  private final double probability;
  private final List<Integer> levels;
  private final LastArrays last = new LastArrays();

  /**
   * @param seed all is a function of it, the iteration, and the sources of the slots
   * @param probability that a slot gets a rectangle
   * @param levels of the features that are compared
   */
  CutMix(long seed, double probability, List<Integer> levels) {
    this.mix = new CrossSetMix(seed);
    this.seed = SubSeeds.of(seed, "mixed slots");
    this.probability = probability;
    this.levels = List.copyOf(levels);
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    last.clear();
    List<Box> boxes = boxes(batch);
    Map<String, INDArray> tensors = new HashMap<>();
    tensors.put(TensorBatch.IMAGE, floats(batch.get(TensorBatch.IMAGE), boxes));
    tensors.put(TensorBatch.MARGINS, floats(batch.get(TensorBatch.MARGINS), boxes));
    for (int level : levels) {
      String name = TensorBatch.index(level);
      tensors.put(name, rows(batch.get(name), boxes, 1 << level));
    }
    if (batch.tensors().containsKey(TensorBatch.LABEL)) {
      INDArray label = batch.get(TensorBatch.LABEL);
      tensors.put(TensorBatch.LABEL, floats(label, boxes));
      tensors.put(OWNERS, owners(label.shape(), boxes));
    }
    return batch.with(tensors);
  }

  private List<Box> boxes(TensorBatch batch) {
    float[] sources = HostFloats.copy(batch.get(TensorBatch.SOURCE));
    int size = (int) batch.get(TensorBatch.IMAGE).size(1);
    int grid = 1 << levels.stream().mapToInt(level -> level).max().orElse(0);
    return IntStream.range(0, sources.length)
        .mapToObj(slot -> box(batch.iteration(), slot, sources, size).aligned(grid))
        .toList();
  }

  private Box box(int iteration, int slot, float[] sources, int size) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
    if (random.nextDouble() >= probability) {
      return Box.NONE;
    }
    Box other = mix.box(iteration, 0, slot, sources, sources.length, size);
    return other.equals(Box.NONE)
        ? mix.box(iteration, 0, slot, numbers(sources.length), sources.length, size)
        : other;
  }

  /** As of slots that are all of different sources. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private INDArray floats(INDArray given, List<Box> boxes) {
    float[] from = HostFloats.copy(given);
    return last.floats(mixed(from, boxes, (int) given.size(1)), given.shape());
  }

  private static float[] mixed(float[] from, List<Box> boxes, int size) {
    float[] to = from.clone();
    int slice = from.length / boxes.size();
    for (int slot = 0; slot < boxes.size(); slot++) {
      boxes.get(slot).paste(from, to, slot * slice, size, slice / (size * size));
    }
    return to;
  }

  private INDArray rows(INDArray given, List<Box> boxes, int factor) {
    int[] from = HostInts.copy(given);
    int[] to = from.clone();
    int side = (int) given.size(1);
    int slice = from.length / boxes.size();
    for (int slot = 0; slot < boxes.size(); slot++) {
      Box box = boxes.get(slot).coarser(factor);
      box.paste(from, to, slot * slice, side, slice / (side * side));
    }
    return last.ints(to, given.shape());
  }

  private INDArray owners(long[] shape, List<Box> boxes) {
    int area = (int) (shape[1] * shape[2]);
    float[] own = new float[boxes.size() * area];
    for (int i = 0; i < own.length; i++) {
      own[i] = Math.floorDiv(i, area);
    }
    return last.floats(mixed(own, boxes, (int) shape[1]), shape);
  }

  @Override
  public void close() {
    last.close();
  }
}
