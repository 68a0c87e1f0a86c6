package org.mskd.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.experiment.ExperimentJson;
import org.mskd.problem.BadInputException;

/** {@code events.jsonl}: what the worker says, one JSON object a line, written at once. */
public final class EventLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  /** Where the last whole line ends. */
  private long end;

  private EventLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The name of the file in the output directory. */
  public static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve("events.jsonl");
  }

  /**
   * Begins an empty log. Only the holder of the {@link OutputLock} may.
   *
   * @throws BadInputException where it cannot be written
   */
  public static EventLog open(Path outputDirectory) {
    Path file = fileIn(outputDirectory);
    try {
      Files.createDirectories(outputDirectory);
      return new EventLog(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Says something. Progress that cannot be written is left out: hours of work should not end for a
   * line that the next one replaces.
   *
   * @throws BadInputException where anything else cannot be written
   */
  public synchronized void say(Event event) {
    byte[] line = (ExperimentJson.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      end += line.length;
    } catch (IOException e) {
      takeBackHalfALine();
      if (!(event instanceof Event.Progress)) {
        throw unwritable(file, e);
      }
    }
  }

  private void takeBackHalfALine() {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log; the write that failed is told
    }
  }

  private static BadInputException unwritable(Path file, IOException cause) {
    return new BadInputException(
        file + " could not be written: " + Failure.reason(cause) + ".",
        "Free space on that disk or choose another <outputDirectory>, then run the same goal"
            + " again.",
        cause);
  }

  /** Never throws: every line is written when it is said, so there is nothing left to lose. */
  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log
    }
  }
}
