package org.mskd.dataset;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mskd.volume.LabelValues;
import org.mskd.volume.VoxelStream;

/** Turns the values of a label volume into classes while its file is read. */
final class LabelClasses {
  /** Class of a value that is not declared. */
  static final int UNDECLARED = -1;

  /** More found values than this are not listed. */
  private static final int LISTED = 10;

  private final Path file;
  private final LabelMap labels;
  private final SortedSet<Integer> found = new TreeSet<>();
  private boolean undeclared;
  private float last;
  private int lastClass;

  /**
   * @param file named in messages
   */
  LabelClasses(Path file, LabelMap labels) {
    this.file = file;
    this.labels = labels;
  }

  /**
   * The class of each voxel, in the file's order.
   *
   * @throws org.mskd.problem.BadInputException if the file is damaged, or a value is not whole or
   *     not declared
   */
  byte[] read(VoxelStream voxels) {
    byte[] classes = new byte[voxels.grid().size()];
    float[] values = new float[VoxelStream.BLOCK];
    int at = 0;
    for (int count = voxels.read(values, 0); count > 0; count = voxels.read(values, 0)) {
      for (int i = 0; i < count; i++) {
        if (values[i] != last) {
          last = values[i];
          lastClass = classOf(last);
        }
        classes[at++] = (byte) lastClass;
      }
    }
    requireDeclared();
    return classes;
  }

  /** All values of the label are read, so that an error can list them. */
  private int classOf(float value) {
    if (!LabelValues.isWhole(value)) {
      throw labels.fraction(file, value);
    }
    int whole = Math.round(value);
    if (whole != 0 && found.size() <= LISTED) {
      found.add(whole);
    }
    int c = labels.classOf(whole);
    undeclared |= c == UNDECLARED;
    return c;
  }

  private void requireDeclared() {
    if (undeclared) {
      String list =
          found.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "));
      throw labels.undeclared(file, list + (found.size() > LISTED ? " and others" : ""));
    }
  }
}
