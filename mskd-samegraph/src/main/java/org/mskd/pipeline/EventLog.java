package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.experiment.ExperimentJson;

/** {@code events.jsonl}: what the worker says, one JSON object a line, flushed at once. */
public final class EventLog implements AutoCloseable {
  private final Writer writer;

  private EventLog(Writer writer) {
    this.writer = writer;
  }

  /** The name of the file in the output directory. */
  public static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve("events.jsonl");
  }

  /** Begins an empty log. */
  public static EventLog open(Path outputDirectory) {
    try {
      Files.createDirectories(outputDirectory);
      return new EventLog(Files.newBufferedWriter(fileIn(outputDirectory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says something. */
  public synchronized void say(Event event) {
    try {
      writer.write(ExperimentJson.write(event));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
