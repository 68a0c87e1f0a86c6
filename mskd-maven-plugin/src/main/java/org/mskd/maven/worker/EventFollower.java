package org.mskd.maven.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.Event;

/**
 * Follows a growing file of events, one JSON object a line. A last line without its end is kept
 * until the rest is there. What an earlier worker left is not read: the file counts from the moment
 * it changes, and from its beginning.
 */
final class EventFollower {
  private static final int BLOCK = 1 << 16;

  private record State(long size, FileTime changed) {}

  private final Path file;
  private final Optional<State> stale;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;
  private boolean fresh;

  /** Starts to follow; call before the worker starts. */
  EventFollower(Path file) {
    this.file = file;
    this.stale = state();
  }

  /** The events written in full since the last call; lines that are no event are left out. */
  List<Event> poll() {
    List<Event> events = new ArrayList<>();
    Optional<State> now = state();
    fresh |= !now.equals(stale);
    if (!fresh || now.isEmpty()) {
      return events;
    }
    if (now.get().size() < position) {
      position = 0;
      line.reset();
    }
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
      // Between two looks the file can be replaced; the next look finds it again.
      return events;
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

  private Optional<State> state() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new State(attributes.size(), attributes.lastModifiedTime()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
