package org.mskd.pipeline.event;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * {@code events.jsonl}: what a worker reports, one JSON object per line, written immediately. Each
 * run has a file of its own; the one in the output directory is that of the latest run.
 */
public final class EventLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  /** Text before each line. */
  private final String lead;

  /** Position of the end of the last complete line. */
  private long end;

  private EventLog(Path file, FileChannel channel, String lead) {
    this.file = file;
    this.channel = channel;
    this.lead = lead;
  }

  /** The name of the file in the output directory. */
  public static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve("events.jsonl");
  }

  /**
   * Creates an empty log in an output directory.
   *
   * @throws BadInputException if it cannot be written
   */
  public static EventLog open(Path outputDirectory) {
    return openAt(fileIn(outputDirectory));
  }

  /** Creates an empty log in a file. */
  public static EventLog openAt(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return new EventLog(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING),
          "");
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Events for the worker that started this one: on its standard output, where native code may have
   * left a line without its end.
   */
  public static EventLog onStandardOutput() {
    return new EventLog(
        Path.of("standard output"), new FileOutputStream(FileDescriptor.out).getChannel(), "\n");
  }

  /**
   * Writes an event. A progress event that cannot be written is dropped: the next one replaces it,
   * so a training is not ended for it.
   *
   * @throws BadInputException if any other event cannot be written
   */
  public synchronized void report(Event event) {
    byte[] line = (lead + ExperimentJson.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      end += line.length;
    } catch (IOException e) {
      removePartialLine();
      if (!(event instanceof Event.Progress)) {
        throw unwritable(file, e);
      }
    }
  }

  private void removePartialLine() {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log; the write that failed is reported
    }
  }

  private static BadInputException unwritable(Path file, IOException cause) {
    return new BadInputException(
        file + " could not be written: " + WriteFailure.reason(cause) + ".",
        WriteFailure.remedy(cause),
        cause);
  }

  /** Never throws: every line is written when it is reported, so nothing can be lost here. */
  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log
    }
  }
}
