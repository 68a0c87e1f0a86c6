package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;

/**
 * What a stage's last finished run depended on and left, kept under {@code stages/}. Written last:
 * without it, whatever lies in the output folders is not trusted.
 *
 * @param inputs {@link Stage#inputs} of that run
 * @param outputs every file left, by path relative to the output directory
 */
record StageStamp(SortedMap<String, String> inputs, SortedMap<String, Output> outputs) {
  /**
   * One file.
   *
   * @param bytes its length
   * @param modified its modification time, ms
   * @param sha256 its digest
   */
  record Output(long bytes, long modified, String sha256) {}

  static Path fileOf(Path outputDirectory, String stage) {
    return outputDirectory.resolve("stages").resolve(stage.replace(' ', '-') + ".json");
  }

  /** The stamp of a stage that just ran. */
  static StageStamp of(Path outputDirectory, Stage stage) {
    SortedMap<String, Output> outputs = new TreeMap<>();
    for (Path file : files(stage)) {
      outputs.put(
          outputDirectory.toAbsolutePath().relativize(file.toAbsolutePath()).toString(),
          new Output(length(file), modified(file), Sha256.of(file)));
    }
    return new StageStamp(stage.inputs(), outputs);
  }

  void write(Path file) {
    AtomicFile.writeText(file, ExperimentJson.write(this));
  }

  /** Reads a stamp; {@code null} where there is none that can be read, so that the stage runs. */
  static StageStamp read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return ExperimentJson.read(Files.readString(file), StageStamp.class);
    } catch (IOException | IllegalArgumentException e) {
      return null; // a damaged stamp vouches for nothing
    }
  }

  /** Whether every output is as it was left: same length and time, or else same digest. */
  boolean holds(Path outputDirectory, Stage stage) {
    for (var entry : outputs.entrySet()) {
      Path file = outputDirectory.resolve(entry.getKey());
      Output output = entry.getValue();
      if (!Files.isRegularFile(file) || length(file) != output.bytes()) {
        return false;
      }
      if (modified(file) != output.modified() && !Sha256.of(file).equals(output.sha256())) {
        return false;
      }
    }
    return files(stage).size() == outputs.size();
  }

  /** One digest of all outputs, for the stages after this one. */
  String digest() {
    StringBuilder text = new StringBuilder();
    outputs.forEach(
        (path, output) -> text.append(path).append(' ').append(output.sha256()).append('\n'));
    return Sha256.of(text.toString());
  }

  private static List<Path> files(Stage stage) {
    List<Path> files = new ArrayList<>();
    for (Path output : stage.outputs()) {
      if (!Files.exists(output)) {
        continue;
      }
      try (Stream<Path> below = Files.walk(output)) {
        below.filter(Files::isRegularFile).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
