package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Subject;
import org.mskd.problem.BadInputException;
import org.mskd.volume.LabelValues;

/** The volumes that no label belongs to. */
final class UnlabelledSets {
  /** A CT volume has negative values or more values than this; a label has neither. */
  private static final int MOST_OF_A_LABEL = 256;

  private final Collection<Path> used;
  private final UniqueNames names;
  private final List<FoundImages> found = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param used folders of images that labels belong to
   * @param names of the other sets
   */
  UnlabelledSets(List<SetFolder> folders, Collection<Path> used, UniqueNames names) {
    this.used = used;
    this.names = names;
    for (SetFolder folder : folders) {
      if (!folder.hasLayout()) {
        add(folder, folder.directory());
      } else if (folder.part(SetFolder.LABELS_TR).isEmpty()) {
        folder.part(SetFolder.IMAGES_TR).ifPresent(images -> add(folder, images));
      }
      addTest(folder);
    }
  }

  private void add(SetFolder folder, Path images) {
    if (used.contains(images)) {
      return;
    }
    try {
      List<Subject> subjects = DatasetFolder.images(folder.directory());
      List<Path> files = subjects.stream().map(Subject::image).toList();
      Path first = Headers.firstReadable(files).orElse(files.get(0));
      Headers.requireOneVolume(first);
      if (looksLikeLabels(first)) {
        leftOut.add(
            new LeftOut(
                images, first.getFileName() + " looks like a label, not like a CT volume."));
        return;
      }
      found.add(
          new FoundImages(names.of(folder.name(), "images"), folder.directory(), subjects.size()));
    } catch (BadInputException e) {
      leftOut.add(new LeftOut(images, e.getMessage()));
    }
  }

  private static boolean looksLikeLabels(Path file) {
    try {
      return LabelValues.of(file).size() <= MOST_OF_A_LABEL;
    } catch (BadInputException e) {
      // Negative or fractional values: no label. check-data reports damaged voxels.
      return false;
    }
  }

  private void addTest(SetFolder folder) {
    boolean images = folder.part(SetFolder.IMAGES_TS).isPresent();
    boolean labels = folder.part(SetFolder.LABELS_TS).isPresent();
    if (images && !labels) {
      leftOut.add(
          new LeftOut(
              folder.directory().resolve(SetFolder.IMAGES_TS),
              "Images without labels, meant for testing. Declare the folder as <images> of"
                  + " <unlabelled> if the student may be trained on them."));
    }
    if (labels && !images) {
      leftOut.add(
          new LeftOut(
              folder.directory().resolve(SetFolder.LABELS_TS),
              "Labels without images: there is no " + SetFolder.IMAGES_TS + " beside them."));
    }
  }

  List<FoundImages> found() {
    return found;
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }
}
