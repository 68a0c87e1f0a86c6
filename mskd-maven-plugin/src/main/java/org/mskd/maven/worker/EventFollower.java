package org.mskd.maven.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.event.Event;

/**
 * Follows a growing file of events, one JSON object a line. A last line without its end is kept
 * until the rest is there. What other workers say is not read: the file counts once its first line
 * names this run ({@link Event.WorkerStarted}), and from its beginning.
 */
final class EventFollower {
  private static final int BLOCK = 1 << 16;

  /** Longer than what names a run. */
  private static final int FIRST_LINE = 1 << 10;

  private final Path file;
  private final Event first;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;
  private boolean ours;

  /**
   * Starts to follow.
   *
   * @param run the name of the run whose events these are to be
   */
  EventFollower(Path file, String run) {
    this.file = file;
    this.first = new Event.WorkerStarted(run);
  }

  /** The events written in full since the last call; lines that are no event are left out. */
  List<Event> poll() {
    List<Event> events = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ours = ours || isOurs(channel);
      if (!ours) {
        return events;
      }
      channel.position(position);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (channel.read(block) > 0) {
        block.flip();
        position += block.remaining();
        take(block, events);
        block.clear();
      }
    } catch (IOException e) {
      // Not there yet, or not to be read just now: the next look tells.
    }
    return events;
  }

  /** Whether the first line is there and names this run; no more is read of what others say. */
  private boolean isOurs(SeekableByteChannel channel) throws IOException {
    ByteBuffer beginning = ByteBuffer.allocate(FIRST_LINE);
    channel.read(beginning);
    String text = new String(beginning.array(), 0, beginning.position(), StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return end >= 0 && parse(text.substring(0, end)).filter(first::equals).isPresent();
  }

  private void take(ByteBuffer block, List<Event> events) {
    while (block.hasRemaining()) {
      byte next = block.get();
      if (next == '\n') {
        parse(line.toString(StandardCharsets.UTF_8)).ifPresent(events::add);
        line.reset();
      } else {
        line.write(next);
      }
    }
  }

  private static Optional<Event> parse(String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.ofNullable(ExperimentJson.read(text, Event.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
