package org.mskd.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/**
 * {@code history.jsonl}: one JSON object an iteration with the total loss, every term and the
 * learning rate. Written beside its name and moved there when the training is done. What a training
 * that failed had written stays as {@code history.failed.jsonl} until one succeeds.
 */
public final class History implements AutoCloseable {
  private final Path file;
  private final Path temporary;
  private final BufferedWriter writer;
  private boolean begun;
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

  /** Adds one iteration. */
  public void add(int iteration, double learningRate, StepResult result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("iteration", iteration);
    line.put("learningRate", learningRate);
    line.put("loss", result.loss());
    line.put("terms", result.terms());
    try {
      writer.write(ExperimentJson.write(line));
      writer.write('\n');
      begun = true;
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
      if (begun) {
        AtomicFile.commit(temporary, failedFile());
      } else {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw AtomicFile.failed(failedFile(), temporary, e);
    }
  }
}
