package org.mskd.prediction;

/**
 * The overlapping squares that a slice larger than a network's input is predicted from, as nnU-Net
 * lays them (Isensee et al., 2021): along each axis at most half a tile apart, spread evenly so
 * that the first and the last touch the borders. A tile counts most in its middle, where the
 * network has most context around a pixel: by a Gaussian with a standard deviation of an eighth of
 * a tile.
 */
final class Tiles {
  /** Only corners lie below it; no weight may vanish, since some pixels have one tile alone. */
  private static final double LEAST = 1e-6;

  private final int size;
  private final int side;
  private final int[] begins;
  private final float[] weights;

  /**
   * @param size side of a slice, pixels
   * @param side of a tile, pixels
   * @throws IllegalArgumentException if the tile is larger than the slice
   */
  Tiles(int size, int side) {
    if (side < 1 || side > size) {
      throw new IllegalArgumentException("tiles of " + side + " in a slice of " + size);
    }
    this.size = size;
    this.side = side;
    this.begins = begins(size, side);
    this.weights = weights();
  }

  private static int[] begins(int size, int side) {
    int gaps = (int) Math.ceil((size - side) / (side / 2.0));
    int[] begins = new int[gaps + 1];
    for (int n = 1; n <= gaps; n++) {
      begins[n] = (int) Math.round((size - side) * (double) n / gaps);
    }
    return begins;
  }

  /** Each tile's Gaussian over the sum of all Gaussians there: {@code [tile][side][side]}. */
  private float[] weights() {
    double[] bell = bell();
    double[] sums = new double[size * size];
    for (int tile = 0; tile < count(); tile++) {
      for (int i = 0; i < bell.length; i++) {
        sums[pixel(tile, i)] += bell[i];
      }
    }
    float[] shares = new float[Math.multiplyExact(count(), bell.length)];
    for (int tile = 0; tile < count(); tile++) {
      for (int i = 0; i < bell.length; i++) {
        shares[tile * bell.length + i] = (float) (bell[i] / sums[pixel(tile, i)]);
      }
    }
    return shares;
  }

  private double[] bell() {
    double[] bell = new double[side * side];
    double sigma = side / 8.0;
    double centre = (side - 1) / 2.0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double square = (x - centre) * (x - centre) + (y - centre) * (y - centre);
        bell[y * side + x] = Math.max(LEAST, StrictMath.exp(-square / (2 * sigma * sigma)));
      }
    }
    return bell;
  }

  /** How many tiles a slice has. */
  int count() {
    return begins.length * begins.length;
  }

  /** First column, and the same numbers as first row, of the tiles along one axis; a copy. */
  int[] begins() {
    return begins.clone();
  }

  /** The slice's pixel {@code y * size + x} under pixel {@code i} of a tile. */
  int pixel(int tile, int i) {
    int row = Math.floorDiv(i, side);
    int top = begins[Math.floorDiv(tile, begins.length)];
    int left = begins[Math.floorMod(tile, begins.length)];
    return (top + row) * size + left + i - row * side;
  }

  /** Weight of a tile's pixel in the weighted mean; over all tiles of a pixel the sum is 1. */
  float weight(int tile, int i) {
    return weights[tile * side * side + i];
  }

  /** Cuts a tile out of a slice of some channels that begins at {@code from}. */
  void cut(float[] slices, int from, int channels, int tile, float[] out, int at) {
    int length = side * channels;
    for (int row = 0; row < side; row++) {
      int begin = pixel(tile, row * side) * channels;
      System.arraycopy(slices, from + begin, out, at + row * length, length);
    }
  }
}
