package org.mskd.prediction;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.mskd.dataset.Scan;
import org.mskd.dataset.ScanSlices;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.ClassMap;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Orientation;

/** Predicts scans with one model and writes the results in each scan's own header. */
public final class ScanPrediction {
  private final SliceScorer scorer;
  private final List<String> organs;
  private final Preprocessing preprocessing;
  private final ComponentFilter filter;
  private final PredictionWriter writer;

  /**
   * @param organs of classes 1..K, which are stored as the values 1..K
   * @param preprocessing of the model
   * @param filter applied to each prediction, not to its probabilities
   */
  public ScanPrediction(
      SliceScorer scorer,
      List<String> organs,
      Preprocessing preprocessing,
      ComponentFilter filter) {
    this.scorer = scorer;
    this.organs = organs;
    this.preprocessing = preprocessing;
    this.filter = filter;
    this.writer = new PredictionWriter(organs, List.of());
  }

  /**
   * Predicts one scan.
   *
   * @param header of the scan's file
   * @param labels where the label volume is written
   * @param probabilities where the probabilities of each organ are written; empty for none
   * @param progress receives the number of planes that are done
   * @return volume and mean HU of each organ
   * @throws org.mskd.problem.BadInputException if the scan does not fit into the model's slices, a
   *     score is NaN or infinite, or a file cannot be written
   */
  public List<OrganMeasure> write(
      Scan scan, ImageHeader header, Path labels, List<Path> probabilities, IntConsumer progress) {
    ScanSlices slices = new ScanSlices(scan, preprocessing);
    try (Probabilities shares =
        new Probabilities(Orientation.canonical(header.grid()), probabilities)) {
      ClassMap map =
          new VolumePredictor(scorer)
              .predict(slices, header.grid(), listener(shares, !probabilities.isEmpty(), progress));
      filter.apply(map);
      writer.write(labels, map, header);
      for (int organ = 0; organ < probabilities.size(); organ++) {
        NiftiWriter.writeProbabilities(probabilities.get(organ), shares.of(organ), header);
      }
      return OrganMeasure.of(organs, map, scan.image());
    }
  }

  private static PlaneListener listener(
      Probabilities shares, boolean wantsScores, IntConsumer progress) {
    return new PlaneListener() {
      @Override
      public void planesDone(int done) {
        progress.accept(done);
      }

      @Override
      public boolean wantsScores() {
        return wantsScores;
      }

      @Override
      public void scores(int k, float[][] scores) {
        shares.plane(k, scores);
      }
    };
  }
}
