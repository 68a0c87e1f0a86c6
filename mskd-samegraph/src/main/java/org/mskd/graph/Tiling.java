package org.mskd.graph;

/**
 * How [batch, height, width, channels] is cut for a kernel: each image into parts of whole pixels
 * (a task each, whatever the number of threads, so that sums do not depend on it), a part into
 * blocks that stay in the first cache, a block into tiles of whole pixels.
 *
 * <p>Per-channel factors are repeated to fill a tile of at least 256 floats, as inner loops over
 * few channels would be too short to vectorise. A block's last tile may be incomplete: what lies
 * behind is left over from earlier and must not be summed.
 */
record Tiling(int images, int pixels, int channels, int parts) {
  private static final int TILE = 256;
  private static final int BLOCK = 1 << 13;
  private static final int PART = 1 << 16;
  private static final int BUFFERS = 2;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[BUFFERS][]);

  static Tiling of(long[] shape) {
    int images = Math.toIntExact(shape[0]);
    int pixels = Math.toIntExact(shape[1] * shape[2]);
    int channels = Math.toIntExact(shape[3]);
    long parts = Math.min(pixels, (long) pixels * channels / PART);
    return new Tiling(images, pixels, channels, (int) Math.max(1, Math.min(64, parts)));
  }

  int tasks() {
    return images * parts;
  }

  int image(int task) {
    return task / parts;
  }

  /** The index of a task's first float. */
  int begin(int task) {
    return boundary(image(task), task % parts);
  }

  /** The index after a task's last float. */
  int end(int task) {
    return boundary(image(task), task % parts + 1);
  }

  private int boundary(int image, int part) {
    return (image * pixels + (int) ((long) pixels * part / parts)) * channels;
  }

  /** Floats in a tile: whole pixels. */
  int width() {
    return channels * ((TILE + channels - 1) / channels);
  }

  /** A per-channel factor for each float of a tile. */
  float[] tile(float[] perChannel) {
    float[] tile = new float[width()];
    for (int t = 0; t < tile.length; t++) {
      tile[t] = perChannel[t % channels];
    }
    return tile;
  }

  /** One of this thread's two block buffers: whole tiles. */
  float[] buffer(int number) {
    int length = width() * Math.max(1, BLOCK / width());
    float[][] buffers = SCRATCH.get();
    if (buffers[number] == null || buffers[number].length != length) {
      buffers[number] = new float[length];
    }
    return buffers[number];
  }

  /** The floats of as many tiles as hold {@code count}. */
  int padded(int count) {
    return (count + width() - 1) / width() * width();
  }
}
