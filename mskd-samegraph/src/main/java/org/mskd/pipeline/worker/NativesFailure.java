package org.mskd.pipeline.worker;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure to load native libraries that is caused by the folder they are extracted to, not by the
 * backend. JavaCPP and the system's linker report the cause in the text of the message only.
 *
 * @param problem a full sentence
 * @param remedy a full sentence
 */
public record NativesFailure(String problem, String remedy) {
  /** JavaCPP's text if it can use none of its folders; it advises a property of its own. */
  private static final String NO_FOLDER = "Could not create the cache";

  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** Texts of Linux' C libraries, for a disk that is mounted with noexec or protected. */
  private static final List<String> NOT_EXECUTABLE =
      List.of(
          "failed to map segment from shared object",
          "cannot restore segment prot",
          "Operation not permitted",
          "cannot open shared object file: Permission denied");

  /** The linker's text if it cannot map a library for lack of memory. */
  private static final String NO_MEMORY = "Cannot allocate memory";

  private static final List<String> NOT_WRITABLE =
      List.of("(Read-only file system)", "(Permission denied)", "(Access is denied)");

  /**
   * Texts for a missing dependency. JavaCPP does not report why it could not extract a library that
   * another one needs.
   */
  private static final List<String> MISSING =
      List.of("in java.library.path", "cannot open shared object file: No such file");

  /** Total size of the natives of ND4J, OpenBLAS and oneDNN for one platform. */
  private static final long NEEDED_MIB = 550;

  private static final String ANOTHER = " with <nativesCache>.";

  /** The failure that an exception comes from; empty for any other cause. */
  static Optional<NativesFailure> of(Throwable thrown) {
    return of(
        Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
            .map(cause -> String.valueOf(cause.getMessage()))
            .collect(Collectors.joining("\n")));
  }

  /** The same, from the texts of all causes. */
  static Optional<NativesFailure> of(String texts) {
    if (texts.contains(NO_FOLDER)) {
      return Optional.of(
          new NativesFailure(
              "Native libraries cannot be extracted: none of these folders can be made and"
                  + " written: "
                  + String.join(", ", folders())
                  + ".",
              "Name another folder" + ANOTHER));
    }
    if (FULL.stream().anyMatch(texts::contains)) {
      return Optional.of(
          new NativesFailure(
              "Native libraries cannot be extracted: the disk of " + folder() + " is full.",
              "Free space there, or name a folder on another disk" + ANOTHER));
    }
    if (NOT_WRITABLE.stream().anyMatch(texts::contains)) {
      return Optional.of(
          new NativesFailure(
              "Native libraries cannot be extracted: a file in " + folder() + " cannot be written.",
              "Name another folder" + ANOTHER));
    }
    if (NOT_EXECUTABLE.stream().anyMatch(texts::contains) && !texts.contains(NO_MEMORY)) {
      return Optional.of(
          new NativesFailure(
              "Native libraries cannot be loaded: the system does not allow code from "
                  + folder()
                  + " to be executed; the disk may be mounted with noexec.",
              "Name a folder on a disk that allows execution" + ANOTHER));
    }
    long free = new File(folder()).getUsableSpace() >> 20;
    if (MISSING.stream().anyMatch(texts::contains) && free < NEEDED_MIB) {
      return Optional.of(
          new NativesFailure(
              "Native libraries cannot be loaded: one is missing, and the disk of "
                  + folder()
                  + " has only "
                  + free
                  + " MiB free, of some "
                  + NEEDED_MIB
                  + " MiB that they need.",
              "Free space there, or name a folder on another disk" + ANOTHER));
    }
    return Optional.empty();
  }

  /** The folder that JavaCPP extracts to: the first of its folders that it can use. */
  private static String folder() {
    return folders().stream()
        .filter(name -> usable(new File(name)))
        .findFirst()
        .orElse(folders().get(0));
  }

  private static boolean usable(File folder) {
    return folder.isDirectory() && folder.canRead() && folder.canWrite() && folder.canExecute();
  }

  /** In the order in which JavaCPP's {@code Loader.getCacheDir} tries them. */
  private static List<String> folders() {
    String given = System.getProperty("org.bytedeco.javacpp.cachedir");
    String home = System.getProperty("user.home") + "/.javacpp/cache";
    String temporary =
        System.getProperty("java.io.tmpdir")
            + "/.javacpp-"
            + System.getProperty("user.name")
            + "/cache";
    return given == null ? List.of(home, temporary) : List.of(given, home, temporary);
  }
}
