package org.mskd.method;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a batch of several views of each slot: first the slots as they are, the weak view, then
 * strong views of all of them, in which a rectangle is of another data set ({@link CrossSetMix}).
 * Image, class and whether the class is annotated move alike.
 */
final class MixedViews implements AutoCloseable {
  /** Name of the tensor of classes for the linear classifier, {@code [views batch, size, size]}. */
  static final String CLASSES = "stackedClass";

  /**
   * Name of the tensor of each pixel's row of the weights, {@code [views batch, size, size]}: its
   * view, and the slot that it is from.
   */
  static final String ROWS = "stackedRow";

  /** Name of the tensor of the weights of organs, {@code [views batch, K]}. */
  static final String WEIGHTS = "stackedWeight";

  private final CrossSetMix mix;
  private final int strong;
  private final LastArrays last = new LastArrays();

  /**
   * @param strong the number of strong views, at least 1
   */
  MixedViews(CrossSetMix mix, int strong) {
    this.mix = mix;
    this.strong = strong;
  }

  /**
   * The batch of all views; its tensors are valid until the next call.
   *
   * @param logits a network's for the images, {@code [batch, size, size, K+1]}: they complete the
   *     annotations for the strong views
   * @param emphasis additional weight of annotated organs in the strong views
   */
  TensorBatch stack(TensorBatch batch, INDArray logits, double emphasis) {
    last.clear();
    INDArray image = batch.get(TensorBatch.IMAGE);
    int slots = (int) image.size(0);
    int size = (int) image.size(1);
    float[] annotated = HostFloats.copy(batch.get(TensorBatch.ANNOTATED));
    float[] images = HostFloats.copy(image);
    float[] label = HostFloats.copy(batch.get(TensorBatch.LABEL));
    AverageLabels labels = AverageLabels.of(label, annotated, HostFloats.copy(logits), slots);
    CrossSetMix.Box[] boxes = new CrossSetMix.Box[strong * slots];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = mix.box(batch.iteration(), i / slots, i % slots, annotated, slots, size);
    }
    float[] none = new float[label.length];
    Arrays.fill(none, -1);
    long all = (1L + strong) * slots;
    Map<String, INDArray> tensors = new HashMap<>();
    tensors.put(
        TensorBatch.IMAGE,
        last.floats(mixed(images, images, boxes, size), all, size, size, image.size(3)));
    tensors.put(CLASSES, last.floats(mixed(label, labels.classes(), boxes, size), all, size, size));
    tensors.put(
        PrototypeObjective.CLASSES,
        last.floats(mixed(none, labels.classes(), boxes, size), all, size, size));
    tensors.put(
        PrototypeObjective.LABELLED,
        last.floats(mixed(none, labels.labelled(), boxes, size), all, size, size));
    tensors.put(ROWS, last.floats(rows(boxes, slots, size), all, size, size));
    float[] weights = weights(annotated, slots, strong, emphasis);
    tensors.put(WEIGHTS, last.floats(weights, all, annotated.length / slots));
    return new TensorBatch(batch.iteration(), tensors, batch.slices());
  }

  private float[] rows(CrossSetMix.Box[] boxes, int slots, int size) {
    int area = size * size;
    float[] own = new float[slots * area];
    for (int i = 0; i < own.length; i++) {
      own[i] = Math.floorDiv(i, area);
    }
    float[] rows = mixed(own, own, boxes, size);
    for (int i = own.length; i < rows.length; i++) {
      rows[i] += Math.floorDiv(i, own.length) * slots;
    }
    return rows;
  }

  /** The weak view, then the strong ones, each with as many channels as its source. */
  private float[] mixed(float[] weak, float[] source, CrossSetMix.Box[] boxes, int size) {
    float[] all = Arrays.copyOf(weak, weak.length * (1 + strong));
    for (int view = 1; view <= strong; view++) {
      System.arraycopy(source, 0, all, view * source.length, source.length);
    }
    int slice = weak.length * strong / boxes.length;
    for (int i = 0; i < boxes.length; i++) {
      boxes[i].paste(source, all, weak.length + i * slice, size, slice / (size * size));
    }
    return all;
  }

  /**
   * In the weak view the mean over the organs that any slot annotates, for each the mean over the
   * slots that annotate it; in a strong view the mean over all organs and slots, plus the former
   * times the emphasis. A pixel has the weights of the slot that it is from.
   */
  static float[] weights(float[] annotated, int slots, int strong, double emphasis) {
    int organs = annotated.length / slots;
    int[] counts = new int[organs];
    for (int i = 0; i < annotated.length; i++) {
      counts[i % organs] += annotated[i] == 0 ? 0 : 1;
    }
    long present = Arrays.stream(counts).filter(count -> count > 0).count();
    float[] weights = new float[annotated.length * (1 + strong)];
    for (int i = 0; i < weights.length; i++) {
      int at = i % annotated.length;
      double labelled = annotated[at] == 0 ? 0 : 1.0 / (counts[at % organs] * present);
      weights[i] = (float) (i == at ? labelled : 1.0 / annotated.length + emphasis * labelled);
    }
    return weights;
  }

  @Override
  public void close() {
    last.close();
  }
}
