package org.mskd.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mskd.dataset.VolumeFiles;

/**
 * A folder that holds volumes, itself or in {@code imagesTr}, {@code labelsTr}, {@code imagesTs},
 * {@code labelsTs} (Medical Segmentation Decathlon, nnU-Net).
 *
 * @param directory the folder
 * @param root the folder of all data, at or above it
 */
record SetFolder(Path directory, Path root) {
  static final String IMAGES_TR = "imagesTr";
  static final String LABELS_TR = "labelsTr";
  static final String IMAGES_TS = "imagesTs";
  static final String LABELS_TS = "labelsTs";
  static final Set<String> PARTS = Set.of(IMAGES_TR, LABELS_TR, IMAGES_TS, LABELS_TS);

  /** A part that is there and holds a volume. */
  Optional<Path> part(String name) {
    return Optional.of(directory.resolve(name)).filter(SetFolder::holdsVolumes);
  }

  /** Whether it has any of the parts. */
  boolean hasLayout() {
    return PARTS.stream().anyMatch(name -> part(name).isPresent());
  }

  /** Whether volumes lie in the folder itself. */
  boolean holdsVolumes() {
    return holdsVolumes(directory);
  }

  /** The folder's name, without the folders above it. */
  String name() {
    return String.valueOf(directory.getFileName());
  }

  /**
   * Its {@code dataset.json}. Labels apart from images for training, such as those of a test set,
   * may be described in the folder above, if that is not above the root.
   */
  Optional<DatasetJson> description() {
    Optional<DatasetJson> own = DatasetJson.in(directory);
    boolean apart = part(IMAGES_TR).isEmpty() && !directory.equals(root);
    return own.isEmpty() && apart ? DatasetJson.in(directory.getParent()) : own;
  }

  private static boolean holdsVolumes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(VolumeFiles::isVolume);
    } catch (IOException e) {
      throw FolderSearch.unreadable(folder, e);
    }
  }
}
