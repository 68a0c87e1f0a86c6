package org.mskd.benchmark.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResidentTest {
  private static final String STATUS = "Name:\tjava\nVmHWM:\t  2048 kB\nVmRSS:\t  1536 kB\n";

  @Test
  void kibibytesBecomeMebibytes() {
    assertEquals(2, Resident.ofStatus(STATUS, "VmHWM:").orElseThrow());
    assertEquals(1.5, Resident.ofStatus(STATUS, "VmRSS:").orElseThrow());
  }

  @Test
  void aMissingFieldIsNotZero() {
    assertTrue(Resident.ofStatus(STATUS, "VmPeak:").isEmpty());
  }
}
