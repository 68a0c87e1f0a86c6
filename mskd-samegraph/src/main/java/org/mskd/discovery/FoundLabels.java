package org.mskd.discovery;

import java.nio.file.Path;
import java.util.List;

/**
 * A data set whose labels annotate several organs, or one organ on images that lie elsewhere.
 *
 * @param name its name in the experiment
 * @param images the folders of its CT volumes
 * @param labelFolder the folder of its labels
 * @param organs the values of each organ, in the order of the values
 * @param scans number of labels
 * @param remarks what was assumed or found to differ
 */
public record FoundLabels(
    String name,
    List<Path> images,
    Path labelFolder,
    List<OrganValues> organs,
    int scans,
    List<Remark> remarks) {
  public FoundLabels {
    images = List.copyOf(images);
    organs = List.copyOf(organs);
    remarks = List.copyOf(remarks);
  }

  /** Whether images and labels are {@code imagesTr} and {@code labelsTr} of one folder. */
  public boolean inOneFolder() {
    return images.equals(List.of(labelFolder.resolveSibling(SetFolder.IMAGES_TR)));
  }
}
