package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SliceStoreWriter;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/** Prepared slices on the disk, one subject a data set, a third of its slices annotated. */
final class SyntheticStores implements AutoCloseable {
  private final List<SliceStore> stores = new ArrayList<>();

  /**
   * Writes and opens them.
   *
   * @param slices in all, the same whatever the number of organs
   */
  SyntheticStores(Path folder, int organs, int slices, int size) {
    int each = slices / organs;
    for (int k = 0; k < organs; k++) {
      Path file = folder.resolve("organ" + (k + 1) + "-of-" + organs + ".slices");
      SliceStoreWriter.write(file, subject(k, each, size), new Drawn(k * each, size));
      stores.add(SliceStore.open(file));
    }
  }

  /** What a training draws from. */
  SliceSources sources() {
    return new SliceSources(
        IntStream.range(0, stores.size())
            .mapToObj(k -> Source.of("organ" + (k + 1), k + 1, List.of(stores.get(k))))
            .toList());
  }

  private static PreparedSubject subject(int k, int slices, int size) {
    Grid grid = new Grid(size, size, slices, Affine.scaling(1, 1, 1));
    return new PreparedSubject(
        "subject" + (k + 1),
        "imagesTr/subject" + (k + 1) + ".nii.gz",
        "none",
        "RAS",
        List.of(size, size, slices),
        List.of(1.0, 1.0, 1.0),
        Models.preprocessing(size),
        SliceGeometry.of(grid, Models.preprocessing(size)),
        true,
        IntStream.range(0, Math.max(1, slices / 3)).boxed().toList());
  }

  /** Slices by number, from the first of the subject. */
  private record Drawn(int first, int size) implements SliceStoreWriter.Slices {
    @Override
    public void image(int slice, float[] out) {
      SyntheticSlices.draw(first + slice, size, out, new byte[out.length]);
    }

    @Override
    public void label(int slice, byte[] out) {
      SyntheticSlices.draw(first + slice, size, new float[out.length], out);
    }
  }

  @Override
  public void close() {
    stores.forEach(SliceStore::close);
  }
}
