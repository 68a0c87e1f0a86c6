package org.mskd.maven.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.mskd.pipeline.event.Event;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> lines = new ArrayList<>();
  private final SystemStreamLog log =
      new SystemStreamLog() {
        @Override
        public void info(CharSequence content) {
          lines.add("INFO " + content);
        }

        @Override
        public void warn(CharSequence content) {
          lines.add("WARN " + content);
        }

        @Override
        public void error(CharSequence content) {
          lines.add("ERROR " + content);
        }
      };

  private static Event.Progress at(int step, int steps) {
    return new Event.Progress("teacher liver", step, steps, 0.41234, 2.1, 230);
  }

  @Test
  void theLineHoldsWhatIsKnown() {
    assertEquals(
        "teacher liver  120/600  loss 0.4123  2.10 it/s  3 min 50 s left",
        ProgressText.of(at(120, 600)));
    assertEquals(
        "prepare  1/4", ProgressText.of(new Event.Progress("prepare", 1, 4, Double.NaN, 0, -1)));
    assertEquals(
        "prepare  3/5  2.0 s left",
        ProgressText.of(new Event.Progress("prepare", 3, 5, Double.NaN, 1, 2)));
    assertEquals("0.4 s", ProgressText.duration(0.44));
    assertEquals("10 s", ProgressText.duration(9.96));
    assertEquals("12 s", ProgressText.duration(12.4));
    assertEquals("1 step", ProgressText.steps(1));
    assertEquals("1 min 0 s", ProgressText.duration(59.7));
    assertEquals("1 h 5 min", ProgressText.duration(3900));
  }

  @Test
  void plainLinesAreSparse() {
    long[] now = {0};
    PlainProgress view = new PlainProgress(log, () -> now[0]);
    view.accept(new Event.StageStarted("teacher liver", 1000));
    for (int step = 1; step <= 1000; step++) {
      now[0] += SECOND / 10;
      view.accept(at(step, 1000));
    }
    view.accept(new Event.StageDone("teacher liver", 100, 0.12));
    // A tenth of the stage takes 10 s: after each tenth a line, between them none.
    assertEquals(12, lines.size(), lines.toString());
    assertEquals("INFO teacher liver: 1000 steps", lines.get(0));
    assertTrue(lines.get(1).startsWith("INFO teacher liver  100/1000"), lines.get(1));
    assertEquals("INFO teacher liver: done in 1 min 40 s, waited 0.1 s for data", lines.get(11));
  }

  @Test
  void aResumedStageReportsItsStepAndCountsTenthsFromThere() {
    long[] now = {0};
    PlainProgress view = new PlainProgress(log, () -> now[0]);
    view.accept(new Event.StageStarted("teacher liver", 1000));
    view.accept(new Event.Resumed("teacher liver", 250, 1000));
    for (int step = 251; step <= 400; step++) {
      now[0] += SECOND / 10;
      view.accept(at(step, 1000));
    }
    assertEquals("INFO teacher liver: resuming at iteration 250 of 1000", lines.get(1));
    assertTrue(lines.get(2).startsWith("INFO teacher liver  350/1000"), lines.toString());
    assertEquals(3, lines.size(), lines.toString());
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    new FooterProgress(log, new PrintStream(shown, true, StandardCharsets.UTF_8), 80)
        .accept(new Event.Resumed("student mskd", 1, 2));
    assertEquals("INFO student mskd: resuming at iteration 1 of 2", lines.get(3));
  }

  @Test
  void aStageThatIsLeftOutIsAnErrorAndLeavesTheFooter() {
    Event.StageLeftOut failed =
        new Event.StageLeftOut("predict b", "b.nii is cut off.", "Copy it again.");
    new PlainProgress(log, () -> 0).accept(failed);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    FooterProgress footer =
        new FooterProgress(log, new PrintStream(shown, true, StandardCharsets.UTF_8), 80);
    footer.accept(new Event.StageStarted("predict b", 9));
    shown.reset();
    footer.accept(failed);
    assertEquals("ERROR predict b: failed: b.nii is cut off. Copy it again.", lines.get(0));
    assertEquals(lines.get(0), lines.get(1));
    assertFalse(shown.toString(StandardCharsets.UTF_8).contains("predict b"));
  }

  @Test
  void aSlowStageHasALineEachHalfMinuteAndAQuickOneNone() {
    long[] now = {0};
    PlainProgress view = new PlainProgress(log, () -> now[0]);
    view.accept(new Event.StageStarted("slow", 1_000_000));
    for (int step = 1; step <= 95; step++) {
      now[0] += SECOND;
      view.accept(at(step, 1_000_000));
    }
    assertEquals(4, lines.size(), lines.toString());
    lines.clear();
    view.accept(new Event.StageStarted("quick", 10));
    for (int step = 1; step <= 10; step++) {
      now[0] += SECOND / 100;
      view.accept(at(step, 10));
    }
    assertEquals(List.of("INFO quick: 10 steps"), lines);
  }

  @Test
  void messagesWarningsAndSkippedStagesAreLines() {
    PlainProgress view = new PlainProgress(log, () -> 0);
    view.accept(new Event.Message("dice 0.9"));
    view.accept(new Event.Warning("same name"));
    view.accept(new Event.StageSkipped("prepare"));
    assertEquals(List.of("INFO dice 0.9", "WARN same name", "INFO prepare: up to date"), lines);
  }

  @Test
  void theFooterIsRewrittenInItsLineAndCutToTheWidth() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    FooterProgress view = new FooterProgress(log, terminal, 24);
    view.accept(at(1, 600));
    view.accept(at(2, 600));
    view.accept(new Event.Warning("look"));
    view.accept(new Event.StageDone("teacher liver", 4, Double.NaN));
    view.close();
    String erase = "\r\u001b[K";
    String second = "teacher liver  2/600  l";
    assertEquals(23, second.length());
    assertEquals(
        erase + "teacher liver  1/600  l" + erase + second + erase + second + erase + erase,
        bytes.toString(StandardCharsets.UTF_8));
    assertEquals(List.of("WARN look", "INFO teacher liver: done in 4.0 s"), lines);
  }

  private static Event.Progress of(String stage, int step) {
    return new Event.Progress(stage, step, 100, 0.5, 2, 12);
  }

  @Test
  void stagesSideBySideShareTheFooterInShortForm() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    FooterProgress view = new FooterProgress(log, terminal, 80);
    view.accept(new Event.StageStarted("a", 100));
    view.accept(of("a", 1));
    view.accept(new Event.StageStarted("b", 100));
    view.accept(of("b", 7));
    view.accept(new Event.StageDone("a", 4, Double.NaN));
    view.accept(new Event.StageDone("b", 4, Double.NaN));
    String erase = "\r\u001b[K";
    assertEquals(
        erase
            + "a  0/100"
            + erase
            + "a  1/100  loss 0.5000  2.00 it/s  12 s left"
            + erase
            + "a  1/100  12 s left | b  0/100"
            + erase
            + "a  1/100  12 s left | b  7/100  12 s left"
            + erase
            + "b  7/100  loss 0.5000  2.00 it/s  12 s left"
            + erase,
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void plainLinesOfStagesSideBySideAreAsSparseForEach() {
    long[] now = {0};
    PlainProgress view = new PlainProgress(log, () -> now[0]);
    view.accept(new Event.StageStarted("a", 100));
    view.accept(new Event.StageStarted("b", 100));
    for (int step = 1; step <= 20; step++) {
      now[0] += SECOND;
      view.accept(of("a", step));
      view.accept(of("b", 2 * step));
    }
    // Each tenth takes a 10 s and b 5 s.
    assertEquals(2, lines.stream().filter(line -> line.startsWith("INFO a  ")).count(), "" + lines);
    assertEquals(4, lines.stream().filter(line -> line.startsWith("INFO b  ")).count(), "" + lines);
  }

  @Test
  void onlyATerminalThatCanEraseGetsTheFooter() {
    assertTrue(Terminal.of(true, Map.of("TERM", "xterm", "COLUMNS", "132")).rewritable());
    assertEquals(132, Terminal.of(true, Map.of("TERM", "xterm", "COLUMNS", "132")).width());
    assertFalse(Terminal.of(false, Map.of("TERM", "xterm")).rewritable());
    assertFalse(Terminal.of(true, Map.of("TERM", "dumb")).rewritable());
    assertFalse(Terminal.of(true, Map.of()).rewritable());
    assertFalse(Terminal.of(true, Map.of("TERM", "xterm", "CI", "true")).rewritable());
    assertEquals(80, Terminal.of(true, Map.of("COLUMNS", "wide")).width());
  }

  @Test
  void aFooterIsOnlyForWhatReachesTheTerminalAsItIs() {
    assertTrue(Terminal.isWritten("3.9.16", "auto", true));
    assertTrue(Terminal.isWritten("3.8.7", "always", true));
    // With -l FILE.
    assertFalse(Terminal.isWritten("3.9.16", "auto", false));
    assertFalse(Terminal.isWritten("3.9.16", "always", false));
    assertFalse(Terminal.isWritten("3.9.16", "never", true));
    assertFalse(Terminal.isWritten("4.0.0-rc-5", "auto", true));
  }
}
