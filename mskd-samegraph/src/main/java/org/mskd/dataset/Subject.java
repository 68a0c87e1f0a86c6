package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One scan and, where there is one, its label.
 *
 * @param id the label's file name without its ending; without a label the image's
 * @param image the CT volume
 * @param label the label volume; empty in an unlabelled source
 */
public record Subject(String id, Path image, Optional<Path> label) {
  /** A scan with a label. */
  public Subject(String id, Path image, Path label) {
    this(id, image, Optional.of(label));
  }

  /** The image in its folder, such as {@code imagesTr/abd01.nii.gz}. */
  public String imageName() {
    return image.getParent().getFileName() + "/" + image.getFileName();
  }
}
