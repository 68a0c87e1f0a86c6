package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;

/**
 * The classes of the pixels of a {@link PrototypeLoss}.
 *
 * @param all of all pixels; below 0 where a pixel does not count
 * @param ofKind those of the labelled pixels, then of the unlabelled; below 0 for any other pixel
 * @param counts the numbers of classes in these
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record PrototypeClasses(byte[] all, byte[][] ofKind, int count, int[] counts) {
  /**
   * @param classes of all pixels
   * @param labelled of all pixels, 1 or another number
   */
  static PrototypeClasses of(HostFloats classes, HostFloats labelled, int pixels) {
    byte[] all = new byte[pixels];
    byte[][] ofKind = new byte[2][pixels];
    int count = 0;
    int[] counts = new int[2];
    float[] y = new float[PixelBlocks.RUN];
    float[] known = new float[PixelBlocks.RUN];
    int run;
    for (int at = 0; at < pixels; at += run) {
      run = Math.min(PixelBlocks.RUN, pixels - at);
      classes.get(at, y, run);
      labelled.get(at, known, run);
      for (int i = 0; i < run; i++) {
        byte own = (byte) y[i];
        all[at + i] = own;
        ofKind[0][at + i] = own == 0 || known[i] == 1 ? own : -1;
        ofKind[1][at + i] = known[i] == 1 ? -1 : own;
        count += own >= 0 ? 1 : 0;
        counts[0] += ofKind[0][at + i] >= 0 ? 1 : 0;
        counts[1] += ofKind[1][at + i] >= 0 ? 1 : 0;
      }
    }
    return new PrototypeClasses(all, ofKind, count, counts);
  }

  /** Whether any pixel of a run counts. */
  boolean any(int first, int run) {
    for (int i = first; i < first + run; i++) {
      if (all[i] >= 0) {
        return true;
      }
    }
    return false;
  }
}
