package org.mskd.benchmark;

import java.util.List;

/**
 * The sizes and repetitions of the works.
 *
 * @param small size and base channels of the smaller supervised step, and of inference
 * @param large of the larger one
 * @param mskd the two of MS-KD; the first is that of growth and of flat memory, too
 * @param slices of a volume in inference, of the stored pool, and of a scan to prepare
 * @param flat steps over which resident memory is measured
 * @param peakSide of the matrices that are multiplied
 */
record Scale(
    Square small,
    Square large,
    List<Square> mskd,
    int slices,
    int flat,
    int peakSide,
    Square scan) {
  static final int BATCH = 4;
  static final int ORGANS = 4;
  static final int MOST_ORGANS = 8;

  /**
   * @param size side of a slice, pixels
   * @param base channels of the network's first level
   * @param ours warm-up and timed steps of ours; its JVM compiles while it warms up
   * @param peer of a peer's
   */
  record Square(int size, int base, Steps ours, Steps peer) {}

  /**
   * @param warmup steps not timed
   * @param timed steps
   */
  record Steps(int warmup, int timed) {}

  /** The scale of the documented figures. */
  static Scale full() {
    return new Scale(
        new Square(256, 16, new Steps(8, 12), new Steps(2, 10)),
        // A step of libtorch takes 16 s and more on two cores: ten do not fit into a quarter hour.
        new Square(512, 32, new Steps(2, 10), new Steps(1, 5)),
        List.of(
            new Square(128, 16, new Steps(20, 40), new Steps(3, 10)),
            new Square(256, 16, new Steps(8, 12), new Steps(1, 10))),
        32,
        500,
        2048,
        new Square(512, 0, new Steps(1, 5), new Steps(1, 5)));
  }

  /** A small scale that only tests whether everything runs. */
  static Scale quick() {
    Steps few = new Steps(1, 3);
    return new Scale(
        new Square(64, 8, few, few),
        new Square(96, 8, few, few),
        List.of(new Square(32, 8, few, few), new Square(64, 8, few, few)),
        16,
        60,
        512,
        new Square(128, 0, few, few));
  }
}
