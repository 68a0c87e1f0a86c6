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
 * until the rest is there.
 */
final class EventFollower {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;

  /** Starts to follow a file, which one run alone writes; it need not be there yet. */
  EventFollower(Path file) {
    this.file = file;
  }

  /** The events written in full since the last call; lines that are no event are left out. */
  List<Event> poll() {
    List<Event> events = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
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
