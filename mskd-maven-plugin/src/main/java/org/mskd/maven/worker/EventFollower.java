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
import org.mskd.maven.config.MavenWording;
import org.mskd.pipeline.event.Event;

/**
 * Reads a growing file of events, one JSON object per line. An incomplete last line is kept until
 * its rest is written.
 */
final class EventFollower {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;

  /** Starts to follow a file that only one run writes; it need not exist yet. */
  EventFollower(Path file) {
    this.file = file;
  }

  /** The complete events since the last call; lines that are not events are skipped. */
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
      // The file does not exist yet or cannot be read now: the next call tries again.
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
          : Optional.ofNullable(ExperimentJson.read(text, Event.class)).map(MavenWording::of);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
