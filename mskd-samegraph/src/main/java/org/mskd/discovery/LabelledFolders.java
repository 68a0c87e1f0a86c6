package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mskd.dataset.DatasetFolder;
import org.mskd.problem.BadInputException;

/** Reads the folders with labels; a folder whose files cannot be used is left out. */
final class LabelledFolders {
  private final List<SetFolder> folders;
  private final Consumer<Path> reading;
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param reading is given each folder of labels before it is read
   */
  LabelledFolders(List<SetFolder> folders, Consumer<Path> reading) {
    this.folders = folders;
    this.reading = reading;
  }

  /**
   * The folders that hold labels.
   *
   * @param images the part of the images, such as {@code imagesTr}
   * @param labels the part of the labels
   * @throws BadInputException if a {@code dataset.json} cannot be read
   */
  List<LabelledFolder> with(String images, String labels) {
    List<LabelledFolder> labelled = new ArrayList<>();
    for (SetFolder folder : folders) {
      if (folder.part(labels).isPresent() && isUsable(folder, images, labels)) {
        Path labelFolder = folder.directory().resolve(labels);
        reading.accept(labelFolder);
        labelled.add(LabelledFolder.of(folder, labels, DatasetFolder.labels(labelFolder)));
      }
    }
    return labelled;
  }

  private boolean isUsable(SetFolder folder, String images, String labels) {
    Path part = folder.directory().resolve(labels);
    try {
      Map<String, Path> labelOf = DatasetFolder.labels(part);
      if (folder.part(images).isPresent()) {
        part = folder.directory().resolve(images);
        Headers.firstReadable(DatasetFolder.images(part, labelOf).values())
            .ifPresent(Headers::requireOneVolume);
      }
      return true;
    } catch (BadInputException e) {
      leftOut.add(new LeftOut(part, e.getMessage()));
      return false;
    }
  }

  /** The folders that are not used. */
  List<LeftOut> leftOut() {
    return leftOut;
  }
}
