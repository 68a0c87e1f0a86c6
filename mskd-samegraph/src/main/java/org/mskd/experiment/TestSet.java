package org.mskd.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * The multi-organ test set: a folder with {@code imagesTs} and {@code labelsTs}, never trained on.
 *
 * @param directory the folder
 * @param labels the values of each organ; a value that is not declared is an error
 * @param reading what else the labels hold
 */
public record TestSet(Path directory, List<OrganLabel> labels, LabelReading reading) {
  public TestSet {
    Checks.present("testSet directory", directory);
    labels = labels == null ? List.of() : List.copyOf(labels);
    Checks.notEmpty("labels", labels);
    OrganLabel.checkDistinct(labels, "the test set");
    reading = reading == null ? LabelReading.DEFAULT : reading;
    reading.checkApart(OrganLabel.values(labels));
  }

  /** A test set whose labels hold the declared values alone. */
  public TestSet(Path directory, List<OrganLabel> labels) {
    this(directory, labels, LabelReading.DEFAULT);
  }
}
