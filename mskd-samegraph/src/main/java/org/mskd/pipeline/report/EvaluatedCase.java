package org.mskd.pipeline.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.mskd.dataset.Scan;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.prediction.PredictionWriter;
import org.mskd.problem.BadInputException;
import org.mskd.report.picture.PicturedCase;
import org.mskd.volume.ClassMap;
import org.mskd.volume.LabelValues;
import org.mskd.volume.Orientation;
import org.mskd.volume.VoxelStream;
import org.mskd.volume.Voxels;

/** A case of the test set with the predictions of an output directory. */
final class EvaluatedCase implements PicturedCase {
  private final Scan scan;
  private final List<String> models;
  private final ExperimentFolders folders;
  private final int[] values;

  /**
   * @param models the best first
   * @param values what classes 0..K are stored as, of {@link PredictionWriter#values}
   */
  EvaluatedCase(Scan scan, List<String> models, ExperimentFolders folders, int[] values) {
    this.scan = scan;
    this.models = models;
    this.folders = folders;
    this.values = values;
  }

  @Override
  public Voxels scan() {
    return scan.image();
  }

  @Override
  public ClassMap reference() {
    return Orientation.toCanonical(scan.classes().orElseThrow());
  }

  @Override
  public ClassMap prediction(int model) {
    Path file =
        folders.predictions().resolve(models.get(model)).resolve(scan.subject().id() + ".nii.gz");
    try (VoxelStream voxels = VoxelStream.open(file)) {
      if (!voxels.grid().matches(scan.image().grid(), 1)) {
        throw new BadInputException(
            file + " has another grid than " + scan.subject().image() + ".",
            "Run mskd:evaluate again.");
      }
      return Orientation.toCanonical(new ClassMap(scan.image().grid(), classes(voxels, file)));
    }
  }

  private byte[] classes(VoxelStream voxels, Path file) {
    byte[] classes = new byte[voxels.grid().size()];
    byte[] classOf = classOf();
    float[] block = new float[VoxelStream.BLOCK];
    int at = 0;
    for (int count = voxels.read(block, 0); count > 0; count = voxels.read(block, 0)) {
      for (int i = 0; i < count; i++) {
        int value = LabelValues.isWhole(block[i]) ? Math.round(block[i]) : -1;
        if (value < 0 || value >= classOf.length || (value > 0 && classOf[value] == 0)) {
          throw new BadInputException(
              file + " holds the value " + block[i] + ", which is that of no organ.",
              "Run mskd:evaluate again.");
        }
        classes[at++] = classOf[value];
      }
    }
    return classes;
  }

  private byte[] classOf() {
    byte[] classOf = new byte[Arrays.stream(values).max().orElse(0) + 1];
    for (int c = 1; c < values.length; c++) {
      classOf[values[c]] = (byte) c;
    }
    return classOf;
  }
}
