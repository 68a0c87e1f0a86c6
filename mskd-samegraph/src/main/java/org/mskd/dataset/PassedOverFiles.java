package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;

/** Files in a folder of volumes that are not read, such as scans of another format. */
final class PassedOverFiles {
  /** Descriptions, tables, and what file managers leave. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "\\..*|.*\\.(json|txt|md|csv|tsv|pdf|xml|html?|ya?ml|log|xlsx?|docx?)"
              + "|licen[cs]e|readme|thumbs\\.db|desktop\\.ini|__macosx");

  private static final List<String> SET_FOLDERS =
      List.of("imagestr", "labelstr", "imagests", "labelsts");

  private static final Pattern SECOND = Pattern.compile("\\.img(\\.gz)?$");

  private PassedOverFiles() {}

  /**
   * Their names, after the folder's; empty where it does not exist.
   *
   * @throws BadInputException if it cannot be listed
   */
  static List<String> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return list(folder).stream()
        .filter(PassedOverFiles::isPassedOver)
        .map(file -> folder.getFileName() + "/" + file.getFileName())
        .toList();
  }

  private static boolean isPassedOver(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (HARMLESS.matcher(name).matches()) {
      return false;
    }
    if (Files.isDirectory(file)) {
      return !SET_FOLDERS.contains(name) && list(file).stream().anyMatch(f -> !isHarmless(f));
    }
    return SECOND.matcher(name).find() ? !hasHeader(file) : !VolumeFiles.isVolume(file);
  }

  private static boolean isHarmless(Path file) {
    return HARMLESS.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean hasHeader(Path image) {
    String id = image.getFileName().toString().replaceFirst("(?i)\\.img(\\.gz)?$", "");
    return Stream.of(".hdr", ".hdr.gz", ".HDR", ".HDR.GZ")
        .anyMatch(ending -> Files.exists(image.resolveSibling(id + ending)));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new BadInputException(
          folder + " cannot be listed: " + e.getMessage() + ".", "Check its permissions.", e);
    }
  }
}
