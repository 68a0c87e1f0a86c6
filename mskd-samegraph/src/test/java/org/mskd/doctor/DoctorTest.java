package org.mskd.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

/** The backend these tests run on passes its own exam. */
class DoctorTest {
  @Test
  void thisBackendIsRight() {
    List<Finding> findings = new ArrayList<>(BackendExam.findings());
    findings.add(TrainingExam.gradient());
    findings.add(TrainingExam.repeatability());
    assertTrue(findings.stream().allMatch(Finding::right), findings::toString);
  }

  @Test
  void aTimingIsAPositiveNumber() {
    TrainingExam.Timing timing = TrainingExam.time(new Network(2, 1, Normalization.NONE), 1, 16, 3);
    assertTrue(timing.milliseconds() > 0, timing::toString);
    assertTrue(timing.residentMiB() > 0, timing::toString);
  }
}
