package org.mskd.pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.mskd.pipeline.event.Event;

/** What a run told its user, in order. */
public final class EventTexts {
  private EventTexts() {}

  /** The texts of messages, without warnings. */
  public static List<String> messages(List<Event> events) {
    return of(events.stream().filter(Event.Message.class::isInstance).toList());
  }

  /** The texts of warnings. */
  public static List<String> warnings(List<Event> events) {
    return of(events.stream().filter(Event.Warning.class::isInstance).toList());
  }

  /** The texts of messages and warnings. */
  public static List<String> of(List<Event> events) {
    return events.stream().flatMap(EventTexts::text).toList();
  }

  private static Stream<String> text(Event event) {
    if (event instanceof Event.Message message) {
      return Stream.of(message.text());
    }
    return event instanceof Event.Warning warning ? Stream.of(warning.text()) : Stream.empty();
  }
}
