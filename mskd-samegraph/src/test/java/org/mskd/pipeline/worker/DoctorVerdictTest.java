package org.mskd.pipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.doctor.Check;
import org.mskd.doctor.Finding;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;

/** The doctor's report on a backend that computes wrongly. */
class DoctorVerdictTest {
  @TempDir Path folder;

  private record Fixed(String name, boolean right) implements Check {
    @Override
    public Finding run() {
      return new Finding(name, right, "a figure");
    }
  }

  @Test
  void aWrongCheckIsNamedAndFailsTheGoal() throws IOException {
    List<Check> checks = List.of(new Fixed("pooling", true), new Fixed("softmax", false));
    try (EventLog events = EventLog.open(folder)) {
      List<String> wrong = Doctor.examine(checks, events);
      assertEquals(List.of("softmax"), wrong);
      assertEquals(ExitCode.BAD_INPUT, Doctor.verdict(wrong, "a:b:1", events));
      assertEquals(ExitCode.DONE, Doctor.verdict(List.of(), "a:b:1", events));
    }
    String text = Files.readString(EventLog.fileIn(folder));
    assertTrue(text.contains("WRONG        softmax: a figure"), text);
    assertTrue(text.contains("The backend a:b:1 computes wrongly: softmax."), text);
  }
}
