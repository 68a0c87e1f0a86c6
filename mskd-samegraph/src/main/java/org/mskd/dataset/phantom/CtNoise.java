package org.mskd.dataset.phantom;

import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/** Noise as a soft-tissue kernel leaves it: normal, correlated with its neighbours in plane. */
final class CtNoise {
  /** The binomial kernel 1 2 1 along both axes leaves (6/16) of white noise's deviation. */
  private static final double KEPT = 6.0 / 16;

  private final double sd;
  private final long seed;

  /**
   * @param sd standard deviation, HU
   * @param seed what the slices' noise derives from
   */
  CtNoise(double sd, long seed) {
    this.sd = sd;
    this.seed = seed;
  }

  /** Noise of a slice, {@code [ny][nx]} flattened, HU; the slices are independent. */
  float[] slice(int nx, int ny, int k) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, k));
    int wide = nx + 2;
    float[] white = new float[wide * (ny + 2)];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) (sd / KEPT * almostNormal(random.nextLong()));
    }
    float[] out = new float[nx * ny];
    for (int j = 0; j < ny; j++) {
      for (int i = 0; i < nx; i++) {
        int at = i + wide * j;
        out[i + nx * j] =
            (row(white, at) + 2 * row(white, at + wide) + row(white, at + 2 * wide)) / 16;
      }
    }
    return out;
  }

  private static float row(float[] white, int at) {
    return white[at] + 2 * white[at + 1] + white[at + 2];
  }

  /**
   * Sum of four uniform numbers out of 64 bits, scaled to variance 1: close to normal and quick.
   */
  private static double almostNormal(long bits) {
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum / 65535.0 - 2) / Math.sqrt(4 / 12.0);
  }
}
