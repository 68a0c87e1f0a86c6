package org.mskd.maven.progress;

import java.io.Console;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;

/**
 * The terminal that shows the build.
 *
 * @param rewritable whether a line can be erased and written again
 * @param width columns
 */
public record Terminal(boolean rewritable, int width) {
  private static final int USUAL_WIDTH = 80;

  /**
   * The terminal of this process.
   *
   * @param interactive false for batch mode, or where several projects are built at once
   */
  public static Terminal of(boolean interactive) {
    return of(interactive && isTerminal(System.console()), System.getenv());
  }

  /**
   * Whether what is printed reaches the terminal as it is. With {@code -l FILE} Maven 3 makes
   * output and errors the same stream, that of the file. Maven 4 turns what is printed into lines
   * of its log. {@code -Dstyle.color=never} asks for plain text.
   *
   * @param maven version of Maven
   * @param style value of style.color
   * @param separate whether {@code System.out} and {@code System.err} are different streams
   */
  public static boolean isWritten(String maven, String style, boolean separate) {
    return separate && !style.equals("never") && !maven.startsWith("4");
  }

  static Terminal of(boolean console, Map<String, String> environment) {
    String type = environment.get("TERM");
    boolean erases = type == null ? environment.containsKey("WT_SESSION") : !type.equals("dumb");
    boolean ci = environment.containsKey("CI");
    return new Terminal(console && erases && !ci, columns(environment.get("COLUMNS")));
  }

  /** The progress view for this terminal. */
  public ProgressView view(Log log) {
    return rewritable && log.isInfoEnabled()
        ? new FooterProgress(log, System.out, width)
        : new PlainProgress(log, System::nanoTime);
  }

  private static int columns(String given) {
    try {
      return given == null ? USUAL_WIDTH : Math.max(20, Integer.parseInt(given.strip()));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /**
   * Whether a console is a terminal. Since Java 22 there is a console without a terminal too; its
   * own method distinguishes them.
   */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
