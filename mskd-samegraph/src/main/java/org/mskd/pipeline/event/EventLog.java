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
import org.mskd.pipeline.claim.OutputLock;
import org.mskd.problem.BadInputException;

/** {@code events.jsonl}: what the worker says, one JSON object a line, written at once. */
public final class EventLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  /** What comes before each line. */
  private final String lead;

  /** Where the last whole line ends. */
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

  /** What a run says that waits until another is done with the output directory. */
  public static Path waitIn(Path outputDirectory, String run) {
    return outputDirectory.resolve("logs").resolve("waiting-" + run + ".jsonl");
  }

  /**
   * Begins an empty log. Only the holder of the {@link OutputLock} may.
   *
   * @throws BadInputException where it cannot be written
   */
  public static EventLog open(Path outputDirectory) {
    return openAt(fileIn(outputDirectory));
  }

  /** Begins an empty log in a file. */
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
   * What a worker says to the one that started it: on its standard output, where native code may
   * have left a line without its end.
   */
  public static EventLog onStandardOutput() {
    return new EventLog(
        Path.of("standard output"), new FileOutputStream(FileDescriptor.out).getChannel(), "\n");
  }

  /**
   * Says something. Progress that cannot be written is left out: hours of work should not end for a
   * line that the next one replaces.
   *
   * @throws BadInputException where anything else cannot be written
   */
  public synchronized void say(Event event) {
    byte[] line = (lead + ExperimentJson.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
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
