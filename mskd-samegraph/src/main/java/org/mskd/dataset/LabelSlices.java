package org.mskd.dataset;

import java.util.Arrays;
import java.util.BitSet;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.Voxels;

/**
 * The slices of a label volume, made one at a time in the same geometry as the image's: a pixel
 * gets the class with the largest share of its area. At a tie background wins, then the lower
 * class. Holds scratch memory: one thread at a time.
 */
final class LabelSlices {
  /** Shares closer than this are equal: sums of float weights are good to about 1e-6. */
  private static final float TIE = 1e-5f;

  private final CanonicalPlanes planes;
  private final SliceGeometry geometry;
  private final AxisResampling z;
  private final PlaneResampling plane;
  private final float[] classes;
  private final float[] members;
  private final float[] share;
  private final float[] best;
  private final float[] sum;
  private final byte[] winner;

  /**
   * @param label class indices 0..127, in any orientation
   */
  LabelSlices(Voxels label, SliceGeometry geometry) {
    this.planes = new CanonicalPlanes(label);
    this.geometry = geometry;
    this.z = geometry.alongZ();
    this.plane = new PlaneResampling(geometry.alongX(), geometry.alongY());
    this.members = new float[planes.area()];
    this.classes = new float[planes.area()];
    int content = geometry.columns() * geometry.rows();
    this.share = new float[content];
    this.best = new float[content];
    this.sum = new float[content];
    this.winner = new byte[content];
  }

  /**
   * Writes slice {@code slice}, {@code [sliceSize][sliceSize]}; returns whether it shows an organ.
   */
  boolean slice(int slice, byte[] out) {
    Arrays.fill(out, (byte) 0);
    BitSet present = present(slice);
    if (present.isEmpty()) {
      return false;
    }
    Arrays.fill(best, 0);
    Arrays.fill(sum, 0);
    present.stream().forEach(c -> compete((byte) c, slice));
    return put(out);
  }

  private BitSet present(int slice) {
    BitSet present = new BitSet();
    for (int n = 0; n < z.count(slice); n++) {
      planes.plane(z.first(slice) + n, classes);
      for (float c : classes) {
        if (c != 0) {
          present.set((int) c);
        }
      }
    }
    return present;
  }

  private void compete(byte candidate, int slice) {
    Arrays.fill(members, 0);
    for (int n = 0; n < z.count(slice); n++) {
      float weight = z.weight(slice, n);
      planes.plane(z.first(slice) + n, classes);
      for (int i = 0; i < members.length; i++) {
        members[i] += classes[i] == candidate ? weight : 0;
      }
    }
    plane.apply(members, 0, share, 0, geometry.columns());
    for (int i = 0; i < share.length; i++) {
      sum[i] += share[i];
      if (share[i] > best[i] + TIE) {
        best[i] = share[i];
        winner[i] = candidate;
      }
    }
  }

  private boolean put(byte[] out) {
    boolean any = false;
    for (int i = 0; i < best.length; i++) {
      float background = 1 - sum[i];
      if (best[i] > background + TIE) {
        int row = i / geometry.columns();
        int column = i - row * geometry.columns();
        out[geometry.origin() + row * geometry.sliceSize() + column] = winner[i];
        any = true;
      }
    }
    return any;
  }
}
