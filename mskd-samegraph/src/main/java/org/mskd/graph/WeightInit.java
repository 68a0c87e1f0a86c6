package org.mskd.graph;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Initial values of the parameters. They depend only on the seed and the parameter's name, not on
 * the order of creation, ND4J's generator, or the machine.
 *
 * @param seed of the whole network
 */
public record WeightInit(long seed) {
  /** Slope of the LeakyReLU that follows each convolution; nnU-Net's. */
  static final double SLOPE = 0.01;

  /**
   * Normal values that keep the signal's variance through a LeakyReLU: standard deviation sqrt(2 /
   * ((1 + slope^2) fanIn)) (He et al., Delving Deep into Rectifiers, ICCV 2015).
   *
   * @param name the parameter's
   * @param count the number of values
   * @param fanIn how many inputs an output is the sum of
   */
  public float[] heNormal(String name, int count, int fanIn) {
    SplittableRandom random = new SplittableRandom(seedOf(name));
    double deviation = StrictMath.sqrt(2 / ((1 + SLOPE * SLOPE) * fanIn));
    float[] values = new float[count];
    for (int i = 0; i < count; i += 2) {
      // Marsaglia's polar method, as Java does not specify the method of nextGaussian.
      double x;
      double y;
      double square;
      do {
        x = 2 * random.nextDouble() - 1;
        y = 2 * random.nextDouble() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      double factor = deviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      values[i] = (float) (x * factor);
      if (i + 1 < count) {
        values[i + 1] = (float) (y * factor);
      }
    }
    return values;
  }

  /** The name's 64-bit FNV-1a, mixed with the seed by SplitMix64's finaliser. */
  private long seedOf(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    long mixed = seed + 0x9e3779b97f4a7c15L * hash;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
