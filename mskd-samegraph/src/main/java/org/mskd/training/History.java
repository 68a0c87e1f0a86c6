package org.mskd.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/**
 * {@code history.jsonl}: one JSON object an iteration with the total loss, every term, the learning
 * rate and the norm of all gradients before they were clipped; keys are sorted and the same in
 * every line. Written beside its name and moved there when the training is done. What a training
 * that failed had written stays as {@code history.failed.jsonl} until one succeeds.
 */
public final class History implements AutoCloseable {
  private final Path file;
  private final Path temporary;
  private final BufferedWriter writer;

  /** The terms of the first iteration; null before it. */
  private Set<String> terms;

  private boolean finished;

  private History(Path file, Path temporary, BufferedWriter writer) {
    this.file = file;
    this.temporary = temporary;
    this.writer = writer;
  }

  /** Begins a history that will be {@code file}. */
  public static History open(Path file) {
    Path temporary = AtomicFile.temporaryOf(file);
    try {
      Files.createDirectories(file.getParent());
      return new History(file, temporary, Files.newBufferedWriter(temporary));
    } catch (IOException e) {
      throw AtomicFile.failed(file, temporary, e);
    }
  }

  /** Where the history goes if the training fails after its first iteration. */
  public Path failedFile() {
    return file.resolveSibling(
        file.getFileName().toString().replaceFirst("(\\.[^.]*)?$", ".failed$1"));
  }

  /**
   * Adds one iteration.
   *
   * @param gradientNorm of all gradients together, before clipping
   * @throws IllegalArgumentException if its terms are not those of the iterations before
   */
  public void add(int iteration, double learningRate, double gradientNorm, StepResult result) {
    if (terms != null && !terms.equals(result.terms().keySet())) {
      throw new IllegalArgumentException(
          "terms of iteration " + iteration + ": " + result.terms().keySet() + ", not " + terms);
    }
    Map<String, Object> line = new TreeMap<>();
    line.put("gradientNorm", gradientNorm);
    line.put("iteration", iteration);
    line.put("learningRate", learningRate);
    line.put("loss", result.loss());
    line.put("terms", new TreeMap<>(result.terms()));
    try {
      writer.write(ExperimentJson.write(line));
      writer.write('\n');
      terms = Set.copyOf(result.terms().keySet());
    } catch (IOException e) {
      throw AtomicFile.failed(file, temporary, e);
    }
  }

  /** The training is done: the history is put in place. */
  public void finish() {
    try {
      writer.close();
      AtomicFile.commit(temporary, file);
      finished = true;
      Files.deleteIfExists(failedFile());
    } catch (IOException e) {
      throw AtomicFile.failed(file, temporary, e);
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      writer.close();
      if (terms != null) {
        AtomicFile.commit(temporary, failedFile());
      } else {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw AtomicFile.failed(failedFile(), temporary, e);
    }
  }
}
