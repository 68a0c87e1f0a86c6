package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.dataset.DatasetFolder;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Orientation;

/** Checks the headers of images, and finds the longest side of their slices. */
final class Headers {
  private final List<Remark> problems = new ArrayList<>();
  private int longestSide;

  /**
   * @param folders folders of images
   */
  Headers(Collection<Path> folders) {
    for (Path folder : folders) {
      Problems.of(() -> DatasetFolder.images(folder, Map.of()).values().forEach(this::read))
          .ifPresent(problems::add);
    }
  }

  private void read(Path image) {
    Problems.of(
            () -> {
              requireOneVolume(image);
              Grid axial = Orientation.canonical(NiftiReader.readGrid(image));
              longestSide = Math.max(longestSide, Math.max(axial.nx(), axial.ny()));
            })
        .ifPresent(problems::add);
  }

  /** The longest side of all axial slices, pixels; 0 if no header could be read. */
  int longestSide() {
    return longestSide;
  }

  /** Images that cannot be used, and why. */
  List<Remark> problems() {
    return problems;
  }

  /** The first image whose header can be read; {@link #problems} names the others. */
  static Optional<Path> firstReadable(Collection<Path> images) {
    return images.stream()
        .filter(image -> Problems.of(() -> NiftiReader.readGrid(image)).isEmpty())
        .findFirst();
  }

  /**
   * Checks that an image is one volume.
   *
   * @throws BadInputException if its header cannot be read, or it holds several volumes, such as
   *     the channels of an MR study
   */
  static void requireOneVolume(Path image) {
    long volumes = NiftiReader.frames(image);
    if (volumes > 1) {
      throw new BadInputException(
          image + " holds " + volumes + " volumes; a CT scan is one.",
          "Split the files, and keep one volume of each.");
    }
  }
}
