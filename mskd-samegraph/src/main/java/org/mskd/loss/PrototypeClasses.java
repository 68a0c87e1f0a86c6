package org.mskd.loss;

/**
 * The classes of the pixels of a {@link PrototypeLoss}.
 *
 * @param all of all pixels; below 0 where a pixel does not count
 * @param ofKind those of the labelled pixels, then of the unlabelled; below 0 for any other pixel
 * @param counts the numbers of classes in these
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record PrototypeClasses(byte[] all, byte[][] ofKind, int count, int[] counts) {
  static PrototypeClasses of(float[] classes, float[] labelled) {
    byte[] all = new byte[classes.length];
    byte[][] ofKind = new byte[2][classes.length];
    int count = 0;
    int[] counts = new int[2];
    for (int i = 0; i < classes.length; i++) {
      byte own = (byte) classes[i];
      all[i] = own;
      ofKind[0][i] = own == 0 || labelled[i] == 1 ? own : -1;
      ofKind[1][i] = labelled[i] == 1 ? -1 : own;
      count += own >= 0 ? 1 : 0;
      counts[0] += ofKind[0][i] >= 0 ? 1 : 0;
      counts[1] += ofKind[1][i] >= 0 ? 1 : 0;
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
