package org.mskd.dataset;

import java.util.Arrays;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.Voxels;

/**
 * The slices of a CT volume, made one at a time: HU clipped to the window and scaled to [-1, 1],
 * then resampled; padding is -1, the window's minimum. The volume may have any orientation. Holds
 * scratch memory: one thread at a time.
 */
final class ImageSlices {
  private final CanonicalPlanes planes;
  private final SliceGeometry geometry;
  private final float low;
  private final float high;
  private final AxisResampling z;
  private final PlaneResampling plane;
  private final float[] voxels;
  private final float[] windowed;

  ImageSlices(Voxels image, SliceGeometry geometry, Preprocessing preprocessing) {
    this.planes = new CanonicalPlanes(image);
    this.geometry = geometry;
    this.low = (float) preprocessing.windowLow();
    this.high = (float) preprocessing.windowHigh();
    this.z = geometry.alongZ();
    this.plane = new PlaneResampling(geometry.alongX(), geometry.alongY());
    this.voxels = new float[planes.area()];
    this.windowed = new float[geometry.nx() * geometry.ny()];
  }

  /** Writes slice {@code slice}, {@code [sliceSize][sliceSize]}, from {@code offset}. */
  void slice(int slice, float[] out, int offset) {
    Arrays.fill(windowed, 0);
    for (int n = 0; n < z.count(slice); n++) {
      planes.plane(z.first(slice) + n, voxels);
      addWindowed(z.weight(slice, n));
    }
    Arrays.fill(out, offset, offset + geometry.area(), -1);
    plane.apply(windowed, 0, out, offset + geometry.origin(), geometry.sliceSize());
    for (int i = offset; i < offset + geometry.area(); i++) {
      out[i] = Math.max(-1, Math.min(1, out[i]));
    }
  }

  private void addWindowed(float weight) {
    float factor = 2 / (high - low);
    for (int i = 0; i < windowed.length; i++) {
      float hu = Math.max(low, Math.min(high, voxels[i]));
      windowed[i] += weight * ((hu - low) * factor - 1);
    }
  }
}
