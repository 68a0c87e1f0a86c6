package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of {@link TeacherTargets}, computed from the teachers' outputs for a batch. */
public final class TargetTensors {
  private TargetTensors() {}

  /**
   * Computes the margins, then index and rows of each level.
   *
   * @param logits of each teacher, {@code [batch, height, width, 2]}
   * @param features of each level and teacher, {@code [level][k]}, each {@code [batch, height/2^l,
   *     width/2^l, C]} before the softmax; not used where no features are compared
   * @param pool provides the arrays; the caller returns them to it
   * @throws IllegalArgumentException where a teacher lacks a level that is compared
   */
  public static List<INDArray> of(
      List<INDArray> logits, List<List<INDArray>> features, Distillation settings, ArrayPool pool) {
    List<Integer> all = IntStream.range(0, logits.size()).boxed().toList();
    return of(logits, features, all, settings, pool);
  }

  /**
   * As {@link #of(List, List, Distillation, ArrayPool)}, where some teachers give no features.
   *
   * @param features {@code [level][j]}, of the j-th of the compared teachers
   * @param compared the teachers that give features, from 0 and ascending; not empty
   */
  public static List<INDArray> of(
      List<INDArray> logits,
      List<List<INDArray>> features,
      List<Integer> compared,
      Distillation settings,
      ArrayPool pool) {
    INDArray first = logits.get(0);
    int organs = logits.size();
    float[] margins = margins(logits);
    List<INDArray> tensors = new ArrayList<>();
    tensors.add(pool.floats(margins, first.size(0), first.size(1), first.size(2), organs));
    if (settings.usesFeatures()) {
      int width = (int) first.size(2);
      RegionMaps regions =
          RegionMaps.of(margins, (int) first.size(0), width, organs, settings.regions());
      for (List<INDArray> level : features) {
        int stride = (int) (width / level.get(0).size(2));
        RegionMaps inside = regions.coarser(stride, settings.regions().downsampling());
        addLevel(level, compared, inside, settings.features().sorted(), tensors, pool);
      }
    }
    return tensors;
  }

  private static float[] margins(List<INDArray> logits) {
    int organs = logits.size();
    int pixels = (int) (logits.get(0).length() / 2);
    float[] margins = new float[pixels * organs];
    List<HostFloats> teachers = logits.stream().map(HostFloats::read).toList();
    PixelBlocks.sum(
        pixels,
        0,
        (start, count, none) -> {
          float[] block = new float[2 * count];
          for (int k = 0; k < organs; k++) {
            teachers.get(k).get(2 * start, block, 2 * count);
            Margins.of(block, count, margins, start * organs + k, organs);
          }
        });
    return margins;
  }

  private static void addLevel(
      List<INDArray> level,
      List<Integer> compared,
      RegionMaps inside,
      boolean sorted,
      List<INDArray> tensors,
      ArrayPool pool) {
    INDArray first = level.get(0);
    RowIndex index = RowIndex.of(inside, (position, k) -> compared.contains(k));
    int channels = (int) first.size(3);
    INDArray rows = pool.take(DataType.FLOAT, index.capacity(), channels);
    List<HostFloats> teachers = level.stream().map(HostFloats::read).toList();
    try (HostFloats target = HostFloats.write(rows)) {
      index.forEach(
          () -> {
            float[] features = new float[channels];
            float[] values = new float[channels];
            return (row, position, k) -> {
              teachers.get(compared.indexOf(k)).get(position * channels, features, channels);
              FeatureRow.of(features, 0, channels, sorted, values, 0);
              target.put(row * channels, values, channels);
            };
          });
      float[] unused = FeatureRow.unused(channels);
      for (int row = index.count(); row < index.capacity(); row++) {
        target.put(row * channels, unused, channels);
      }
    }
    tensors.add(
        pool.ints(index.rows(), first.size(0), first.size(1), first.size(2), index.teachers()));
    tensors.add(rows);
  }
}
