package org.mskd.training;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training batch: tensors by name. Which ones depends on the requirements of the training
 * method:
 *
 * <ul>
 *   <li>{@value #IMAGE} {@code [batch, size, size, channels]}, values in [-1, 1]: always;
 *   <li>{@value #SOURCE} {@code [batch]}, the number of the source that the slot's slice is of:
 *       always;
 *   <li>{@value #LABEL} {@code [batch, size, size]}, the class of each pixel, 0 the background:
 *       with annotations;
 *   <li>{@value #ANNOTATED} {@code [batch, K]}, 1 where the slot's data set annotates the organ of
 *       channel k + 1, else 0: with annotations;
 *   <li>{@value #MARGINS} {@code [batch, size, size, K]}, each teacher's organ logit minus its
 *       background logit, and for each feature level the tensors of {@link #index} and {@link
 *       #rows}: with teacher outputs.
 * </ul>
 */
public final class TensorBatch {
  /** Name of the images. */
  public static final String IMAGE = "image";

  /** Name of the numbers of sources. */
  public static final String SOURCE = "source";

  /** Name of the classes. */
  public static final String LABEL = "label";

  /** Name of the mask of annotated organs. */
  public static final String ANNOTATED = "annotated";

  /** Name of the teachers' logit differences. */
  public static final String MARGINS = "teachers.margins";

  private final int iteration;
  private final SortedMap<String, INDArray> tensors;
  private final List<String> slices;

  /**
   * @param iteration the step that it is for, from 0
   * @param tensors by name
   * @param slices the slice of each slot, as named in messages
   */
  public TensorBatch(int iteration, Map<String, INDArray> tensors, List<String> slices) {
    this.iteration = iteration;
    this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    this.slices = List.copyOf(slices);
  }

  /**
   * Name of the row numbers of a level's teacher features, INT32 {@code [batch, size/2^l, size/2^l,
   * K]}: -1 outside the teacher's region.
   */
  public static String index(int level) {
    return "teachers.level" + level + ".index";
  }

  /** Name of a level's teacher features, {@code [rows, channels]}: log-probabilities. */
  public static String rows(int level) {
    return "teachers.level" + level + ".rows";
  }

  /** The step that it is for, from 0: random choices of a method derive from it. */
  public int iteration() {
    return iteration;
  }

  /**
   * A tensor; it stays the batch's.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public INDArray get(String name) {
    INDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new NoSuchElementException("no tensor " + name + " in a batch of " + tensors.keySet());
    }
    return tensor;
  }

  /** All tensors by name. */
  public SortedMap<String, INDArray> tensors() {
    return tensors;
  }

  /** The slice of each slot, as named in messages. */
  public List<String> slices() {
    return slices;
  }

  /** The same batch with more tensors; one of the same name is replaced. */
  public TensorBatch with(Map<String, INDArray> more) {
    Map<String, INDArray> all = new TreeMap<>(tensors);
    all.putAll(more);
    return new TensorBatch(iteration, all, slices);
  }

  Collection<INDArray> arrays() {
    return tensors.values();
  }
}
