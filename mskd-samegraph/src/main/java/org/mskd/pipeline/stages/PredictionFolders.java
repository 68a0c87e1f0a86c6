package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mskd.dataset.Subject;

/**
 * Paths of the results of a prediction.
 *
 * @param root the output folder, or a work folder that is laid out as it
 */
record PredictionFolders(Path root) {
  /** The label volume of a scan. */
  Path labels(Subject subject) {
    return root.resolve(fileName(subject));
  }

  /** The probabilities of an organ in a scan. */
  Path probabilities(Subject subject, String organ) {
    return root.resolve("probabilities").resolve(organ).resolve(fileName(subject));
  }

  /** Volumes and mean HU of a scan. */
  Path measures(Subject subject) {
    return measures(subject.id());
  }

  /** Volumes and mean HU of the scan with an id. */
  Path measures(String id) {
    return measures().resolve(id + ".json");
  }

  /** The folder of the volumes and mean HU of each scan. */
  Path measures() {
    return root.resolve("measures");
  }

  /** Whether the scan with an id has a label volume. */
  boolean holdsLabels(String id) {
    return Files.exists(root.resolve(id + ".nii.gz")) || Files.exists(root.resolve(id + ".nii"));
  }

  /** Volumes and mean HU of all scans. */
  Path table() {
    return root.resolve("volumes.csv");
  }

  /** Names of the label values. */
  Path dataset() {
    return root.resolve("dataset.json");
  }

  private static String fileName(Subject subject) {
    boolean plain =
        subject.image().getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".nii");
    return subject.id() + (plain ? ".nii" : ".nii.gz");
  }
}
