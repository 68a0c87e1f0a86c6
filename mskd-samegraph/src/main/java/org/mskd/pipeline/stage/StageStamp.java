package org.mskd.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;

/**
 * What a stage's last finished run depended on and left, kept under {@code stages/}. Written last:
 * without it, whatever lies in the output folders is not trusted.
 *
 * @param inputs {@link Stage#inputs} before that run
 * @param outputs every file left, by path relative to the output directory
 * @param warnings what that run warned of; still true as long as nothing changes
 */
public record StageStamp(
    SortedMap<String, String> inputs, SortedMap<String, Output> outputs, List<String> warnings) {
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

    private boolean is(Path file, FileDigests digests) {
      return Files.isRegularFile(file)
          && FileState.of(file).bytes() == bytes
          && digests.of(file).equals(sha256);
    }
  }

  /**
   * @throws IllegalArgumentException if a part is missing
   */
  public StageStamp {
    inputs = whole("inputs", inputs);
    outputs = whole("outputs", outputs);
    if (outputs.keySet().stream().anyMatch(path -> Path.of(path).isAbsolute())) {
      throw new IllegalArgumentException("an output is not relative");
    }
    if (warnings == null || warnings.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("warnings are missing");
    }
    if (outputs.values().stream().anyMatch(output -> output.sha256() == null)) {
      throw new IllegalArgumentException("a digest is missing");
    }
    warnings = List.copyOf(warnings);
  }

  private static <V> SortedMap<String, V> whole(String part, SortedMap<String, V> map) {
    if (map == null || map.containsValue(null)) {
      throw new IllegalArgumentException(part + " are missing");
    }
    return Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, V>) map));
  }

  public static Path fileOf(Path outputDirectory, String stageId) {
    return outputDirectory.resolve("stages").resolve(stageId + ".json");
  }

  /**
   * The stamp of a stage that just ran.
   *
   * @param inputs what it depended on, asked for before it ran: a file that changed meanwhile may
   *     or may not have been read
   * @param digests of the files it left
   */
  public static StageStamp of(
      Path outputDirectory,
      Stage stage,
      SortedMap<String, String> inputs,
      List<String> warnings,
      FileDigests digests) {
    SortedMap<String, Output> outputs = new TreeMap<>();
    for (Path file : StageOutputs.files(stage)) {
      outputs.put(
          outputDirectory.toAbsolutePath().relativize(file.toAbsolutePath()).toString(),
          Output.of(file, digests));
    }
    return new StageStamp(inputs, outputs, warnings);
  }

  public void write(Path file) {
    AtomicFile.writeText(file, ExperimentJson.write(this));
  }

  /** Reads a stamp; {@code null} where there is none that can be read, so that the stage runs. */
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

  /** Whether a stage need not run: its inputs and outputs are those of its last run. */
  public static boolean isUpToDate(Path outputDirectory, Stage stage, FileDigests digests) {
    StageStamp stamp = read(fileOf(outputDirectory, stage.id()));
    return stamp != null && stamp.isUpToDate(outputDirectory, stage, stage.inputs(), digests);
  }

  /** The same of a stage with these inputs, whose stamp this is. */
  public boolean isUpToDate(
      Path outputDirectory, Stage stage, SortedMap<String, String> now, FileDigests digests) {
    return inputs.equals(now) && (holds(outputDirectory, stage, digests) || !stage.isWanted());
  }

  /** Whether the outputs are the files that were left, each as it was. */
  public boolean holds(Path outputDirectory, Stage stage, FileDigests digests) {
    return outputs.entrySet().stream()
            .allMatch(
                entry -> entry.getValue().is(outputDirectory.resolve(entry.getKey()), digests))
        && StageOutputs.files(stage).size() == outputs.size();
  }

  /** One digest of all outputs, for the stages after this one. */
  public String digest() {
    StringBuilder text = new StringBuilder();
    outputs.forEach(
        (path, output) -> text.append(path).append(' ').append(output.sha256()).append('\n'));
    return Sha256.of(text.toString());
  }
}
