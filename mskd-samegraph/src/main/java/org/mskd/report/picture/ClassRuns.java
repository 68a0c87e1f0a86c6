package org.mskd.report.picture;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * The classes of a slice as text: runs of equal classes, each a byte for the class and its length
 * in groups of seven bits, the lowest first, the eighth bit set in all but the last; in Base64.
 */
final class ClassRuns {
  private ClassRuns() {}

  static String encode(byte[] classes) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    for (int from = 0; from < classes.length; ) {
      int to = from + 1;
      while (to < classes.length && classes[to] == classes[from]) {
        to++;
      }
      runs.write(classes[from]);
      int length = to - from;
      while (length > 0x7F) {
        runs.write(length & 0x7F | 0x80);
        length >>= 7;
      }
      runs.write(length);
      from = to;
    }
    return Base64.getEncoder().encodeToString(runs.toByteArray());
  }
}
