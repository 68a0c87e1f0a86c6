package org.mskd.maven.progress;

import java.util.function.Consumer;
import org.mskd.pipeline.Event;

/** Shows events; close it when no more come. */
public interface ProgressView extends Consumer<Event>, AutoCloseable {
  @Override
  void close();
}
