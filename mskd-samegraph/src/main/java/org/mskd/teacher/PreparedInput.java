package org.mskd.teacher;

import java.util.Arrays;
import java.util.List;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Neighbours;
import org.mskd.training.SliceSources;

/** The prepared slices, as the student reads them. Teachers that share this read them once. */
final class PreparedInput implements TeacherInput {
  private final NeighbourSlices reader;
  private List<SliceRef> last = List.of();
  private float[] images = {};

  PreparedInput(Neighbours neighbours) {
    this.reader = new NeighbourSlices(neighbours);
  }

  @Override
  public float[] images(SliceSources sources, List<SliceRef> slices, int capacity) {
    int length = sources.size() * sources.size() * reader.channels();
    if (last == slices && images.length == Math.multiplyExact(capacity, length)) {
      return images;
    }
    images = new float[Math.multiplyExact(capacity, length)];
    Arrays.fill(images, -1);
    for (int slot = 0; slot < slices.size(); slot++) {
      SliceRef slice = slices.get(slot);
      reader.read(sources.store(slice), slice.slice(), images, slot * length);
    }
    last = slices;
    return images;
  }

  @Override
  public float[] margins(int slot, float[] margins) {
    return margins;
  }

  @Override
  public PositionMap positions(int slot, int stride) {
    return position -> position;
  }
}
