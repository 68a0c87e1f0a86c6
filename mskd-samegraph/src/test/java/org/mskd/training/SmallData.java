package org.mskd.training;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Data sets of cubes: organ at 200 HU in the middle slices of a volume of 0 HU. */
public final class SmallData {
  public static final int SIDE = 16;
  public static final int SLICES = 6;
  public static final Preprocessing PREPROCESSING = new Preprocessing(SIDE, -125, 275, List.of());

  private SmallData() {}

  /** Slices 2 and 3 show the organ, a square with its first corner at (at, at). */
  public static SliceStore store(Path folder, String organ, int at) {
    Grid grid = new Grid(SIDE, SIDE, SLICES, Affine.scaling(2, 2, 5));
    float[] image = new float[grid.size()];
    float[] label = new float[grid.size()];
    for (int z = 2; z <= 3; z++) {
      for (int y = at; y < at + 6; y++) {
        for (int x = at; x < at + 6; x++) {
          image[grid.index(x, y, z)] = 200;
          label[grid.index(x, y, z)] = 1;
        }
      }
    }
    Path data = folder.resolve("data").resolve(organ);
    NiftiWriter.write(data.resolve("imagesTr/a.nii.gz"), new Volume(grid, image), VoxelType.INT16);
    NiftiWriter.write(data.resolve("labelsTr/a.nii.gz"), new Volume(grid, label), VoxelType.UINT8);
    PreparedSet set =
        new Preparer(PREPROCESSING, folder, (name, done, of) -> {})
            .training(new DatasetSource(organ, data, List.of(1)));
    return SliceStore.open(set.stores().get(0));
  }

  /** Two data sets, one organ each. */
  public static SliceSources sources(Path folder) {
    return new SliceSources(
        List.of(
            Source.of("one", 1, List.of(store(folder, "one", 2))),
            Source.of("two", 2, List.of(store(folder, "two", 8)))));
  }
}
