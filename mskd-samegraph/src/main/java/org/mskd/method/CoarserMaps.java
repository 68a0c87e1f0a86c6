package org.mskd.method;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds maps of the batch on coarser grids: position (y, x) of level l has the values of pixel (y
 * 2^l, x 2^l), so that classes stay classes.
 */
final class CoarserMaps implements BatchExtension {
  /**
   * A map on a coarser grid.
   *
   * @param name of the batch's tensor, {@code [batch, size, size, ..]}
   * @param level l, at least 1
   */
  record Entry(String name, int level) implements Comparable<Entry> {
    private static final Comparator<Entry> ORDER =
        Comparator.comparing(Entry::name).thenComparingInt(Entry::level);

    /** Name of the tensor that is added, {@code [batch, size/2^l, size/2^l, ..]}. */
    String tensor() {
      return name + ".coarser" + level;
    }

    @Override
    public int compareTo(Entry other) {
      return ORDER.compare(this, other);
    }
  }

  private final List<Entry> entries;
  private final LastArrays last = new LastArrays();

  CoarserMaps(SortedSet<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    if (entries.isEmpty()) {
      return batch;
    }
    last.clear();
    Map<String, INDArray> coarser = new HashMap<>();
    for (Entry entry : entries) {
      coarser.put(entry.tensor(), coarser(batch.get(entry.name()), entry.level()));
    }
    return batch.with(coarser);
  }

  private INDArray coarser(INDArray map, int level) {
    float[] from = HostFloats.copy(map);
    long[] shape = map.shape();
    int size = (int) shape[1];
    int side = size >> level;
    int channels = from.length / (int) (shape[0] * size * size);
    float[] to = new float[(int) shape[0] * side * side * channels];
    for (int i = 0; i < to.length / channels; i++) {
      int row = i / side % side << level;
      int column = i % side << level;
      int pixel = (i / (side * side) * size + row) * size + column;
      System.arraycopy(from, pixel * channels, to, i * channels, channels);
    }
    long[] coarse = shape.clone();
    coarse[1] = side;
    coarse[2] = side;
    return last.floats(to, coarse);
  }

  @Override
  public void close() {
    last.close();
  }
}
