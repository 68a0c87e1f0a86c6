package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;

/**
 * The NIfTI volumes among the files of a folder, by their names: {@code NAME.nii.gz}, {@code
 * NAME.nii}, or {@code NAME.hdr} with {@code NAME.img}. Hidden files and others are ignored.
 */
public final class VolumeFiles {
  private static final List<String> ENDINGS = List.of(".nii.gz", ".nii", ".hdr", ".hdr.gz");

  private VolumeFiles() {}

  /**
   * The volumes of a folder by their names without ending.
   *
   * @param content what they are, for messages
   * @throws BadInputException if the folder is missing or holds none, or two have one name
   */
  static Map<String, Path> in(Path folder, String content) {
    requireFolder(folder, "the folder of " + content);
    Map<String, Path> byName = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.sorted().forEach(file -> nameOf(file).ifPresent(name -> put(byName, name, file)));
    } catch (IOException e) {
      throw new BadInputException(
          folder + " cannot be listed: " + e.getMessage() + ".", "Check its permissions.", e);
    }
    if (byName.isEmpty()) {
      throw new BadInputException(
          folder + " holds no NIfTI file.", "Put " + content + " there, as ID.nii.gz.");
    }
    return byName;
  }

  /** Whether a file of a folder is read as a volume, or as the second file of one. */
  public static boolean isVolume(Path file) {
    String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return nameOf(file).isPresent() || lower.endsWith(".img") || lower.endsWith(".img.gz");
  }

  /** A volume's name without its ending; empty for hidden and other files. */
  static Optional<String> nameOf(Path file) {
    String name = file.getFileName().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.startsWith(".") || Files.isDirectory(file)) {
      return Optional.empty();
    }
    return ENDINGS.stream()
        .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()));
  }

  /**
   * Adds a file.
   *
   * @throws BadInputException if there is one of that name
   */
  static void put(Map<String, Path> byName, String name, Path file) {
    Path other = byName.putIfAbsent(name, file);
    if (other != null) {
      throw new BadInputException(
          other + " and " + file + " are both of subject " + name + ".", "Keep one of them.");
    }
  }

  /**
   * @param what it should be, for messages
   * @throws BadInputException if there is no such folder
   */
  static void requireFolder(Path folder, String what) {
    if (!Files.exists(folder)) {
      throw new BadInputException(
          folder + " is missing; it should be " + what + ".",
          "Correct the <directory>, or put the data there.");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder + " is a file; it should be " + what + ".", "Correct the <directory>.");
    }
  }
}
