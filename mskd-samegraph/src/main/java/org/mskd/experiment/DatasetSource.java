package org.mskd.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * One single-organ data set: a folder in the Medical Segmentation Decathlon / nnU-Net layout.
 *
 * @param organ the organ its labels mark; also a folder name
 * @param directory the folder that holds {@code imagesTr} and {@code labelsTr}
 * @param labelValues the label values that mean the organ; any other value but 0 is an error
 * @param reading what else the labels hold
 */
public record DatasetSource(
    String organ, Path directory, List<Integer> labelValues, LabelReading reading) {
  /** The default label values. */
  public static final List<Integer> DEFAULT_LABEL_VALUES = List.of(1);

  public DatasetSource {
    Checks.name("organ", organ);
    Checks.present("directory", directory);
    labelValues = labelValues == null ? DEFAULT_LABEL_VALUES : List.copyOf(labelValues);
    Checks.notEmpty("labelValues", labelValues);
    for (int value : labelValues) {
      Checks.within("labelValues", value, 1, ValueRange.LARGEST);
    }
    reading = reading == null ? LabelReading.DEFAULT : reading;
    reading.checkApart(labelValues);
  }

  /** A set whose labels hold the declared values alone. */
  public DatasetSource(String organ, Path directory, List<Integer> labelValues) {
    this(organ, directory, labelValues, LabelReading.DEFAULT);
  }
}
