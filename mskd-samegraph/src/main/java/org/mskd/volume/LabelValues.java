package org.mskd.volume;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.problem.BadInputException;

/** The distinct values of a label volume, read without holding the volume. */
public final class LabelValues {
  /** The largest label value, which a voxel of type uint16 holds. */
  public static final int LARGEST = 65535;

  /** Tolerance for the rounding of a fractional {@code scl_slope}. */
  private static final float WHOLE = 1e-3f;

  private LabelValues() {}

  /**
   * All values that occur in a file, background included.
   *
   * @return values from 0 to 65535, in ascending order
   * @throws BadInputException if the file cannot be read as {@link NiftiReader#read(Path)} would,
   *     or a value is not a whole number in that range
   */
  public static SortedSet<Integer> of(Path file) {
    BitSet found = new BitSet();
    float[] block = new float[VoxelStream.BLOCK];
    float last = Float.NaN;
    try (VoxelStream voxels = VoxelStream.open(file)) {
      for (int count = voxels.read(block, 0); count > 0; count = voxels.read(block, 0)) {
        for (int i = 0; i < count; i++) {
          if (block[i] != last) {
            last = block[i];
            found.set(whole(file, last));
          }
        }
      }
    }
    SortedSet<Integer> values = new TreeSet<>();
    found.stream().forEach(values::add);
    return values;
  }

  /**
   * Whether a voxel holds a whole number, apart from the rounding error of a fractional {@code
   * scl_slope}, in the range of an int. NaN and infinite values are not whole.
   */
  public static boolean isWhole(float value) {
    return Math.abs(value - Math.round(value)) <= WHOLE;
  }

  private static int whole(Path file, float value) {
    int whole = Math.round(value);
    if (!isWhole(value) || whole < 0 || whole > LARGEST) {
      throw new BadInputException(
          file
              + " holds the value "
              + value
              + ", which is not a whole number from 0 to "
              + LARGEST
              + ", so is no label.",
          "Check that it is a label volume, and that it was resampled by nearest neighbour.");
    }
    return whole;
  }
}
