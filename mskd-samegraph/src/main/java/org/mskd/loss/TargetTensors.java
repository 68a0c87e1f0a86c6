package org.mskd.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of {@link TeacherTargets}, from what teachers say of a batch. */
public final class TargetTensors {
  private TargetTensors() {}

  /**
   * Makes them: the margins, then index and rows of each level. Regions are decided here.
   *
   * @param logits one a teacher, {@code [batch, height, width, 2]}
   * @param features those of each level, {@code [level][k]}, each {@code [batch, height/2^l,
   *     width/2^l, C]} before the softmax; not looked at where no features are compared
   * @param pool gives the arrays, which are to be given back to it
   * @throws IllegalArgumentException where a teacher lacks a level that is compared
   */
  public static List<INDArray> of(
      List<INDArray> logits, List<List<INDArray>> features, Distillation settings, ArrayPool pool) {
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
        addLevel(level, RowIndex.of(inside), settings.features().sorted(), tensors, pool);
      }
    }
    return tensors;
  }

  /** Organ logit minus background logit: above 0 exactly where the organ's is the larger. */
  private static float[] margins(List<INDArray> logits) {
    int organs = logits.size();
    int pixels = (int) (logits.get(0).length() / 2);
    float[] margins = new float[pixels * organs];
    List<HostFloats> teachers = logits.stream().map(HostFloats::read).toList();
    PixelBlocks.sum(
        pixels,
        0,
        (start, count, none) -> {
          float[] said = new float[2 * count];
          for (int k = 0; k < organs; k++) {
            teachers.get(k).get(2 * start, said, 2 * count);
            for (int i = 0; i < count; i++) {
              margins[(start + i) * organs + k] = said[2 * i + 1] - said[2 * i];
            }
          }
        });
    return margins;
  }

  private static void addLevel(
      List<INDArray> level,
      RowIndex index,
      boolean sorted,
      List<INDArray> tensors,
      ArrayPool pool) {
    INDArray first = level.get(0);
    int organs = level.size();
    int channels = (int) first.size(3);
    int capacity = RowIndex.capacity(index.count());
    INDArray rows = pool.take(DataType.FLOAT, capacity, channels);
    List<HostFloats> teachers = level.stream().map(HostFloats::read).toList();
    try (HostFloats target = HostFloats.write(rows)) {
      PixelBlocks.sum(
          (int) (first.length() / channels),
          0,
          (start, count, none) -> {
            float[] features = new float[channels];
            float[] row = new float[channels];
            for (int i = start * organs; i < (start + count) * organs; i++) {
              int number = index.rows()[i];
              if (number >= 0) {
                teachers.get(i % organs).get(i / organs * channels, features, channels);
                FeatureRow.of(features, 0, channels, sorted, row, 0);
                target.put(number * channels, row, channels);
              }
            }
          });
      float[] unused = new float[channels];
      Arrays.fill(unused, (float) -Math.log(channels));
      for (int number = index.count(); number < capacity; number++) {
        target.put(number * channels, unused, channels);
      }
    }
    tensors.add(pool.ints(index.rows(), first.size(0), first.size(1), first.size(2), organs));
    tensors.add(rows);
  }
}
