package org.mskd.pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.mskd.pipeline.event.Event;

/** What a run told its user, in order. */
public final class EventTexts {
  private EventTexts() {}

  /** The texts of messages, without warnings. */
  public static List<String> messages(List<Event> events) {
    return events.stream()
        .filter(Event.Message.class::isInstance)
        .map(event -> ((Event.Message) event).text())
        .toList();
  }

  /** The texts of warnings. */
  public static List<String> warnings(List<Event> events) {
    return events.stream()
        .filter(Event.Warning.class::isInstance)
        .map(event -> ((Event.Warning) event).text())
        .toList();
  }

  /** The texts of messages and warnings. */
  public static List<String> of(List<Event> events) {
    return events.stream()
        .flatMap(event -> Stream.of(messages(List.of(event)), warnings(List.of(event))))
        .flatMap(List::stream)
        .toList();
  }
}
