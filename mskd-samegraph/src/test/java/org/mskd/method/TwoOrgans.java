package org.mskd.method;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/**
 * Two data sets of one small scan each. Both scans show both organs, organ 1 bright and organ 2
 * dark, in two of their slices; each data set labels one of them only.
 */
final class TwoOrgans {
  static final int SIDE = 16;
  static final Preprocessing PREPROCESSING = new Preprocessing(SIDE, -125, 275, List.of());
  static final List<String> ORGANS = List.of("bright", "dark");

  private static final int SLICES = 6;
  private static final int SQUARE = 6;
  private static final int FIRST = 2;
  private static final int BRIGHT_HU = 200;
  private static final int DARK_HU = -100;

  private TwoOrgans() {}

  static SliceSources sources(Path folder) {
    return new SliceSources(
        List.of(
            source(store(folder, 0, new int[] {2, 2}, new int[] {8, 8}), 0),
            source(store(folder, 1, new int[] {9, 1}, new int[] {1, 9}), 1)));
  }

  private static Source source(SliceStore store, int labelled) {
    return Source.of(ORGANS.get(labelled), labelled + 1, List.of(store));
  }

  private static SliceStore store(Path folder, int labelled, int[]... corners) {
    Grid grid = new Grid(SIDE, SIDE, SLICES, Affine.scaling(2, 2, 5));
    float[] image = new float[grid.size()];
    float[] label = new float[grid.size()];
    for (int organ = 0; organ < corners.length; organ++) {
      for (int i = 0; i < 2 * SQUARE * SQUARE; i++) {
        int x = corners[organ][0] + i % SQUARE;
        int y = corners[organ][1] + i / SQUARE % SQUARE;
        int at = grid.index(x, y, FIRST + i / (SQUARE * SQUARE));
        image[at] = organ == 0 ? BRIGHT_HU : DARK_HU;
        label[at] = organ == labelled ? 1 : 0;
      }
    }
    Path data = folder.resolve("data").resolve(ORGANS.get(labelled));
    NiftiWriter.write(data.resolve("imagesTr/a.nii.gz"), new Volume(grid, image), VoxelType.INT16);
    NiftiWriter.write(data.resolve("labelsTr/a.nii.gz"), new Volume(grid, label), VoxelType.UINT8);
    PreparedSet set =
        new Preparer(PREPROCESSING, folder, (name, done, of) -> {})
            .training(new DatasetSource(ORGANS.get(labelled), data, List.of(1)));
    return SliceStore.open(set.stores().get(0));
  }

  /** The four slices that show both organs. */
  static float[] images(SliceSources sources) {
    float[] images = new float[4 * SIDE * SIDE];
    for (int slot = 0; slot < 4; slot++) {
      sources
          .sources()
          .get(slot / 2)
          .stores()
          .get(0)
          .image(FIRST + slot % 2, images, slot * SIDE * SIDE);
    }
    return images;
  }

  /** Of the pixels whose largest score is an organ's with those that are of its intensity. */
  static double dice(float[] images, float[][] scores, int organ) {
    int both = 0;
    int either = 0;
    for (int i = 0; i < images.length; i++) {
      int truth = images[i] > 0.5 ? 1 : images[i] < -0.5 ? 2 : 0;
      int best = 0;
      for (int c = 1; c < scores.length; c++) {
        best = scores[c][i] > scores[best][i] ? c : best;
      }
      both += truth == organ && best == organ ? 2 : 0;
      either += (truth == organ ? 1 : 0) + (best == organ ? 1 : 0);
    }
    return both / (double) either;
  }

  /** The data set of one organ, as in the training of its teacher. */
  static Source own(SliceSources sources, int k) {
    return Source.of(ORGANS.get(k), 1, sources.sources().get(k).stores());
  }
}
