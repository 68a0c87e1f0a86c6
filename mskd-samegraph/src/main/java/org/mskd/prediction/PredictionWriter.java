package org.mskd.prediction;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.experiment.OrganLabel;
import org.mskd.volume.ByteVoxels;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.VoxelType;

/**
 * Writes predictions as label volumes in the scan's own header, with the values that the test set's
 * own labels use.
 */
public final class PredictionWriter {
  private final int[] values;

  /**
   * @param organs the organs of classes 1..K
   * @param labels the value of each of them; an organ that is not among them gets the smallest
   *     value that is free
   */
  public PredictionWriter(List<String> organs, List<OrganLabel> labels) {
    Map<String, Integer> declared =
        labels.stream().collect(Collectors.toMap(OrganLabel::organ, OrganLabel::value));
    Set<Integer> used = new HashSet<>();
    labels.forEach(label -> used.addAll(label.values()));
    this.values = new int[organs.size() + 1];
    int free = 1;
    for (int c = 1; c < values.length; c++) {
      Integer value = declared.get(organs.get(c - 1));
      if (value == null) {
        while (!used.add(free)) {
          free++;
        }
        value = free;
      }
      values[c] = value;
    }
  }

  /** What classes 0..K are stored as; a copy. */
  public int[] values() {
    return values.clone();
  }

  /**
   * Writes one prediction atomically, with the smallest unsigned integer type that holds all
   * values.
   *
   * @param file where to; {@code .nii} or {@code .nii.gz}
   * @param canonical classes on the scan's canonical grid
   * @param scan the scan's header: version, size, forms, spacing and units of the new file
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  public void write(Path file, ByteVoxels canonical, ImageHeader scan) {
    boolean small = Arrays.stream(values).allMatch(value -> value <= 255);
    NiftiWriter.write(file, canonical, values, small ? VoxelType.UINT8 : VoxelType.UINT16, scan);
  }
}
