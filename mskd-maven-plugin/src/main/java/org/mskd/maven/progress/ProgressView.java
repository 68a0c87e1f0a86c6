package org.mskd.maven.progress;

import java.util.function.Consumer;
import org.mskd.pipeline.event.Event;

/** Shows events; close it when no more come. */
public interface ProgressView extends Consumer<Event>, AutoCloseable {
  @Override
  void close();
}
