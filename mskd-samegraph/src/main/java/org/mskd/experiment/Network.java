package org.mskd.experiment;

/**
 * The 2-D U-Net; teachers and student differ in their number of outputs only.
 *
 * @param baseChannels channels of the first level; each level doubles them
 * @param depth number of downsamplings
 * @param normalization what follows each convolution
 * @param neighbours slices that are read beside the one that is segmented; null for none, as in
 *     JSON of earlier versions
 */
public record Network(
    int baseChannels, int depth, Normalization normalization, Neighbours neighbours) {
  /** The size nnU-Net's 2-D U-Net starts from. */
  public static final Network DEFAULT = new Network(32, 4, Normalization.INSTANCE);

  /** Of a single layer: 1 GiB of floats. */
  public static final long MOST_WEIGHTS = 1L << 28;

  public Network {
    Checks.within("baseChannels", baseChannels, 1, 512);
    Checks.within("depth", depth, 1, 7);
    Checks.present("normalization", normalization);
    neighbours = neighbours == null ? Neighbours.NONE : neighbours;
    // The largest layer: the deepest block's second 3x3 convolution.
    long deepest = (long) baseChannels << depth;
    if (9 * deepest * deepest > MOST_WEIGHTS) {
      throw Checks.notAllowed(
          "baseChannels",
          baseChannels,
          "at most %d with a depth of %d, since a layer's weights may be 2^28"
              .formatted((int) Math.sqrt(MOST_WEIGHTS / 9.0) >> depth, depth));
    }
  }

  /** A network that reads single slices. */
  public Network(int baseChannels, int depth, Normalization normalization) {
    this(baseChannels, depth, normalization, Neighbours.NONE);
  }

  /** The same network with other neighbours. */
  public Network withNeighbours(Neighbours other) {
    return new Network(baseChannels, depth, normalization, other);
  }

  /** Channels of the input. */
  public int inputChannels() {
    return neighbours.channels();
  }

  /**
   * The most channels a pixel of the whole slice has: the skipped and the up-sampled features side
   * by side, the inputs, or the outputs.
   *
   * @param outputs classes, background included
   */
  public int widest(int outputs) {
    return Math.max(Math.max(3 * baseChannels, inputChannels()), outputs);
  }
}
