package org.mskd.benchmark.ours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** A body with an organ in HU with a scanner's noise, which makes real scans large. */
final class SyntheticScan {
  private SyntheticScan() {}

  /** Writes a square scan of {@code slices} slices, and its label. */
  static void write(Path image, Path label, int side, int slices) {
    Grid grid = new Grid(side, side, slices, Affine.scaling(0.8, 0.8, 2.5));
    SplittableRandom random = new SplittableRandom(1);
    float[] hu = new float[grid.size()];
    float[] organ = new float[grid.size()];
    for (int i = 0; i < hu.length; i++) {
      double x = (i % side + 0.5) / side - 0.5;
      double y = (i / side % side + 0.5) / side - 0.5;
      boolean body = Math.hypot(x / 0.45, y / 0.35) < 1;
      boolean inOrgan = Math.hypot(x - 0.1, y) < 0.1;
      double noise = 24 * (random.nextDouble() + random.nextDouble() - 1);
      hu[i] = body ? Math.round((inOrgan ? 110 : 40) + noise) : -1000;
      organ[i] = inOrgan ? 1 : 0;
    }
    try {
      Files.createDirectories(image.getParent());
      Files.createDirectories(label.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NiftiWriter.write(image, new Volume(grid, hu), VoxelType.INT16);
    NiftiWriter.write(label, new Volume(grid, organ), VoxelType.UINT8);
  }
}
