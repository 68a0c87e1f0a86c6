package org.mskd.discovery;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.mskd.problem.BadInputException;

/** The errors for a folder without data sets. */
final class ExpectedLayout {
  private static final String EXAMPLE =
      """
      Expected is the layout of the Medical Segmentation Decathlon and of nnU-Net, in the folder \
      itself or up to two levels below it, with NIfTI files (.nii.gz, .nii, .hdr/.img):

        FOLDER/liver/imagesTr/patient01.nii.gz            CT volumes of one data set
        FOLDER/liver/labelsTr/patient01.nii.gz            their labels, with the same names
        FOLDER/liver/dataset.json                         optional: what the label values mean
        FOLDER/spleen/imagesTr/patient02.nii.gz
        FOLDER/spleen/labelsTr/patient02.nii.gz
        FOLDER/multi-organ-test/imagesTs/patient90.nii.gz   optional: a test set
        FOLDER/multi-organ-test/labelsTs/patient90.nii.gz
      """
          .strip();

  private ExpectedLayout() {}

  /** Nothing at all was found. */
  static BadInputException noVolumes(Path root) {
    return new BadInputException(root + " holds no data set.", EXAMPLE);
  }

  /** Volumes were found, but none with labels that can be used for training. */
  static BadInputException noLabels(Path root, List<LeftOut> found) {
    return new BadInputException(
        root
            + " holds no labelled training data that can be used."
            + found.stream()
                .map(one -> " " + one.folder() + ": " + one.reason())
                .collect(Collectors.joining()),
        EXAMPLE);
  }
}
