package org.mskd.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.problem.BadInputException;
import org.mskd.volume.NiftiReader;

/** The scans that are to be predicted: a file, or those of a folder. */
public final class PredictionInput {
  private PredictionInput() {}

  /**
   * The scans, by id: one file, those of a folder, or those in its {@code imagesTs} or {@code
   * imagesTr} where it has one.
   *
   * @throws BadInputException if there is none, or as for {@link DatasetFolder#images(Path)}
   */
  public static List<Subject> scans(Path input) {
    if (Files.isRegularFile(input)) {
      return List.of(scan(input.toAbsolutePath()));
    }
    if (!Files.exists(input)) {
      throw new BadInputException(
          "<input> " + input + " is missing.", "Give a NIfTI file, or a folder of them.");
    }
    return DatasetFolder.images(folder(input));
  }

  /** A pair is named by its header, also where its image is given. */
  private static Subject scan(Path given) {
    boolean image = VolumeFiles.nameOf(given).isEmpty() && VolumeFiles.isVolume(given);
    Path file = image ? NiftiReader.files(given).get(0) : given;
    String name =
        VolumeFiles.nameOf(file)
            .orElseThrow(
                () ->
                    new BadInputException(
                        file + " is not a NIfTI file by its name.",
                        "Give a .nii, .nii.gz, .hdr or .img file, or a folder of them."));
    return new Subject(DatasetFolder.subjectId(name, Map.of()), file, Optional.empty());
  }

  /** Where the volumes of a folder to predict lie. */
  static Path images(Path input) {
    return DatasetFolder.imagesIn(folder(input));
  }

  private static Path folder(Path input) {
    Path imagesTs = input.resolve("imagesTs");
    return Files.isDirectory(imagesTs) ? imagesTs : input;
  }
}
