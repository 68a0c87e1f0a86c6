package org.mskd.maven.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.pipeline.event.Event;
import org.mskd.problem.BadInputException;

/**
 * Texts of the library in the terms of Maven: a parameter with a value to set, {@code
 * <maxHeap=4g>}, as its property, {@code -Dmskd.maxHeap=4g}. A parameter's name alone, {@code
 * <maxHeap>}, is that of its element already.
 */
public final class MavenWording {
  private static final Pattern ASSIGNMENT = Pattern.compile("<([a-z][A-Za-z]*)=([^<>\\s]*)>");

  private MavenWording() {}

  /** A text. */
  public static String of(String text) {
    return ASSIGNMENT
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Schema.userProperty(found.group(1)) + "=" + found.group(2)));
  }

  /** An event, for those with texts of what is wrong or what to do. */
  public static Event of(Event event) {
    if (event instanceof Event.Message message) {
      return new Event.Message(of(message.text()));
    }
    if (event instanceof Event.Warning warning) {
      return new Event.Warning(of(warning.text()));
    }
    if (event instanceof Event.StageLeftOut failed) {
      return new Event.StageLeftOut(failed.stage(), of(failed.problem()), of(failed.remedy()));
    }
    return event instanceof Event.Failed failed
        ? new Event.Failed(of(failed.problem()), of(failed.remedy()))
        : event;
  }

  /** An error, with the place where it was found; not caused by it, as Maven would show both. */
  public static BadInputException of(BadInputException e) {
    BadInputException worded = new BadInputException(of(e.problem()), of(e.remedy()), e.getCause());
    worded.setStackTrace(e.getStackTrace());
    return worded;
  }
}
