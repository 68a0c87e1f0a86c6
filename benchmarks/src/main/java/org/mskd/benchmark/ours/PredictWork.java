package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.Network;
import org.mskd.prediction.ComponentFilter;
import org.mskd.prediction.ScanPrediction;
import org.mskd.prediction.StudentScorer;
import org.mskd.volume.NiftiReader;

/**
 * {@code mskd:predict} of one scan: from {@code .nii.gz} to the label volume in the scan's grid on
 * disk, with volumes and mean HU.
 */
final class PredictWork {
  private PredictWork() {}

  static void run(Arguments parameters, Network network, Results results) {
    int side = parameters.integer("size");
    int slices = parameters.integer("slices");
    int organs = parameters.integer("organs");
    Path folder = parameters.path("folder");
    Path image = folder.resolve("imagesTs/scan.nii.gz");
    SyntheticScan.write(image, folder.resolve("labelsTs/scan.nii.gz"), side, slices);
    Subject scan = new Subject("scan", image, Optional.empty());
    List<String> names = Models.organs(organs);
    try (StudentScorer scorer =
        new StudentScorer(Models.student(network, organs, side), parameters.integer("batch"))) {
      ScanPrediction prediction =
          new ScanPrediction(
              scorer, names, Models.preprocessing(side), new ComponentFilter(List.of(), names));
      Timing timing =
          Timing.of(
              parameters.integer("warmup"),
              parameters.integer("steps"),
              () ->
                  prediction.write(
                      SubjectReader.image(scan),
                      NiftiReader.readHeader(image),
                      folder.resolve("out/scan.nii.gz"),
                      List.of(),
                      done -> {}));
      timing.into(results, "scan");
      results.put("slicesASecond", 1e3 * slices / timing.median());
    }
  }
}
