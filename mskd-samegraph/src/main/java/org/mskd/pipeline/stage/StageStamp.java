package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

/**
 * The record of a stage's last finished run: its inputs and outputs, {@code stages/ID.json}. Files
 * that it does not list do not belong to the stage: they are neither compared nor replaced nor
 * deleted.
 *
 * @param inputs the texts of {@link StageInputs} before that run
 * @param outputs every output file, by path relative to the output directory, or to the stage's own
 *     folder if that lies elsewhere
 * @param byProducts paths of the output files whose content is not compared
 * @param warnings the warnings of that run, which are repeated as long as the stage is up to date
 */
public record StageStamp(
    SortedMap<String, String> inputs,
    SortedMap<String, Output> outputs,
    List<String> byProducts,
    List<String> warnings) {

  /** The folder of a further replicate, at the beginning of a path. */
  private static final Pattern REPLICATE = Pattern.compile("^replicates/\\d+/");

  /**
   * One file.
   *
   * @param bytes its length
   * @param sha256 its digest
   */
  public record Output(long bytes, String sha256) {
    private static Output of(Path file, FileDigests digests) {
      return new Output(FileState.of(file).bytes(), digests.of(file));
    }

    boolean is(Path file, FileDigests digests) {
      try {
        return Files.isRegularFile(file)
            && FileState.of(file).bytes() == bytes
            && digests.of(file).equals(sha256);
      } catch (BadInputException | UncheckedIOException e) {
        return false; // it cannot be read, or another build has just moved it
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a part is missing, or a path leaves its folder
   */
  public StageStamp {
    inputs = whole("inputs", inputs);
    outputs = whole("outputs", outputs);
    byProducts = byProducts == null ? List.of() : List.copyOf(byProducts);
    if (outputs.values().stream().anyMatch(output -> output.sha256() == null)) {
      throw new IllegalArgumentException("a digest is missing");
    }
    if (warnings == null || warnings.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("warnings are missing");
    }
    outputs.keySet().forEach(StageStamp::requireInside);
    byProducts.forEach(StageStamp::requireInside);
    warnings = List.copyOf(warnings);
  }

  private static <V> SortedMap<String, V> whole(String part, SortedMap<String, V> map) {
    if (map == null || map.containsValue(null)) {
      throw new IllegalArgumentException(part + " are missing");
    }
    return Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, V>) map));
  }

  private static void requireInside(String path) {
    try {
      Path relative = Path.of(path);
      boolean inside =
          !path.isEmpty()
              && !relative.isAbsolute()
              && relative.getRoot() == null
              && relative.normalize().equals(relative)
              && !relative.startsWith("..");
      if (!inside) {
        throw new IllegalArgumentException(path + " is outside the folder");
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(path + " is not a valid path", e);
    }
  }

  /** The path of a stage's stamp. */
  public static Path fileOf(Path outputDirectory, String stageId) {
    return outputDirectory.resolve("stages").resolve(stageId + ".json");
  }

  /**
   * The stamp of a stage that just ran.
   *
   * @param inputs its inputs, determined before it ran: a file that changed meanwhile may or may
   *     not have been read
   * @param folder the folder that the files' paths are relative to
   * @param files its output files
   */
  static StageStamp of(
      SortedMap<String, String> inputs,
      Path folder,
      List<Path> files,
      List<String> byProducts,
      List<String> warnings,
      FileDigests digests) {
    SortedMap<String, Output> outputs = new TreeMap<>();
    List<String> besides = new ArrayList<>();
    for (Path file : files) {
      String path = StageFiles.relative(folder, file);
      if (byProducts.contains(file.getFileName().toString())) {
        besides.add(path);
      } else {
        outputs.put(path, Output.of(file, digests));
      }
    }
    return new StageStamp(inputs, outputs, besides, warnings);
  }

  void write(Path file) {
    AtomicFile.writeText(file, ExperimentJson.write(this));
  }

  /** Reads a stamp; {@code null} if there is none that can be read, so that the stage runs. */
  public static StageStamp read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return ExperimentJson.read(Files.readString(file), StageStamp.class);
    } catch (IOException | IllegalArgumentException e) {
      return null; // a damaged stamp vouches for nothing
    }
  }

  /** The length of all outputs together. */
  public long bytes() {
    return outputs.values().stream().mapToLong(Output::bytes).sum();
  }

  /** Paths of all output files. */
  List<String> files() {
    List<String> files = new ArrayList<>(outputs.keySet());
    files.addAll(byProducts);
    return files;
  }

  /** The first output below a folder that is missing or was changed. */
  Optional<String> damaged(Path folder, FileDigests digests) {
    return outputs.entrySet().stream()
        .filter(entry -> !entry.getValue().is(folder.resolve(entry.getKey()), digests))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Whether a file is an output and unchanged.
   *
   * @param path relative to the folder, with {@code /}
   */
  public boolean isIntact(Path folder, String path, FileDigests digests) {
    Output output = outputs.get(path);
    return output != null && output.is(folder.resolve(path), digests);
  }

  /** Whether any output is unchanged. */
  boolean isPartlyIntact(Path folder, FileDigests digests) {
    return outputs.entrySet().stream()
        .anyMatch(entry -> entry.getValue().is(folder.resolve(entry.getKey()), digests));
  }

  /**
   * One digest of all outputs, for the inputs of later stages. It does not depend on which
   * replicate they belong to, so that a replicate has the bytes of a single run of its seed.
   */
  public String digest() {
    StringBuilder text = new StringBuilder();
    outputs.forEach(
        (path, output) ->
            text.append(REPLICATE.matcher(path).replaceFirst(""))
                .append(' ')
                .append(output.sha256())
                .append('\n'));
    return Sha256.of(text.toString());
  }
}
