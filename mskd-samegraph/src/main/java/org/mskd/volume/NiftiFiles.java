package org.mskd.volume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mskd.problem.BadInputException;

/**
 * Which file holds the header and which the voxels: the same {@code .nii}, or the two of a {@code
 * .hdr}/{@code .img} pair, of which either may be named.
 *
 * @param header the file with the header
 * @param image the file with the voxels; of a pair it need not exist
 */
record NiftiFiles(Path header, Path image) {
  private static final List<String> ENDINGS =
      List.of(".nii.gz", ".nii", ".hdr.gz", ".hdr", ".img.gz", ".img");

  /**
   * The file or files that {@code named} belongs to.
   *
   * @throws BadInputException if the name has another ending, or there is no such file
   */
  static NiftiFiles of(Path named) {
    String name = String.valueOf(named.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    String ending =
        ENDINGS.stream()
            .filter(lower::endsWith)
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        named + " is not a NIfTI file by its name.",
                        "Give a .nii, .nii.gz, .hdr or .img file, or convert it to NIfTI."));
    if (!Files.isRegularFile(named)) {
      throw new BadInputException(
          named + (Files.exists(named) ? " is not a file." : " does not exist."),
          "Check the path.");
    }
    String stem = name.substring(0, name.length() - ending.length());
    return switch (ending) {
      case ".hdr", ".hdr.gz" -> new NiftiFiles(named, partner(named, stem, ending, "hdr", "img"));
      case ".img", ".img.gz" -> new NiftiFiles(header(named, stem, ending), named);
      default -> new NiftiFiles(named, named);
    };
  }

  private static Path header(Path image, String stem, String ending) {
    Path header = partner(image, stem, ending, "img", "hdr");
    if (!Files.isRegularFile(header)) {
      throw new BadInputException(
          image + " has no header: " + header.getFileName() + " is missing.",
          "Put the .hdr file of the pair into the same folder.");
    }
    return header;
  }

  /** Compressed as the named one if there is such a file, else the other way. */
  private static Path partner(Path named, String stem, String ending, String from, String to) {
    Path alike = named.resolveSibling(stem + ending.replace(from, to));
    Path other = named.resolveSibling(stem + "." + to + (ending.endsWith(".gz") ? "" : ".gz"));
    return !Files.isRegularFile(alike) && Files.isRegularFile(other) ? other : alike;
  }

  /** Whether header and voxels are in one file. */
  boolean single() {
    return header.equals(image);
  }

  /**
   * The file with the voxels.
   *
   * @throws BadInputException if it is not there
   */
  Path presentImage() {
    if (!Files.isRegularFile(image)) {
      throw new BadInputException(
          header + " has no voxels: " + image.getFileName() + " is missing.",
          "Put the .img file of the pair into the same folder.");
    }
    return image;
  }

  /** Whether a file's name is that of a compressed file. */
  static boolean isCompressedName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }
}
