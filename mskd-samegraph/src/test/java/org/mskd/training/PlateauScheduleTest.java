package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlateauScheduleTest {
  private static final double RATE = 3e-4;

  @Test
  void theFirstEpochNeverLowersTheRate() {
    PlateauSchedule schedule = new PlateauSchedule(RATE, 0.8, 1e-3);
    schedule.endEpoch(100);
    assertEquals(RATE, schedule.rate());
  }

  @Test
  void anEpochThatImprovesByTheThresholdKeepsTheRate() {
    PlateauSchedule schedule = new PlateauSchedule(RATE, 0.8, 0.25);
    schedule.endEpoch(1.0);
    schedule.endEpoch(0.75);
    assertEquals(RATE, schedule.rate());
  }

  @Test
  void theFirstEpochThatImprovesLessLowersIt() {
    PlateauSchedule schedule = new PlateauSchedule(RATE, 0.8, 0.25);
    schedule.endEpoch(1.0);
    schedule.endEpoch(0.875);
    assertEquals(RATE * 0.8, schedule.rate(), 1e-18);
    // Measured against the best so far, 0.875, though that was no improvement by the threshold.
    schedule.endEpoch(0.625);
    assertEquals(RATE * 0.8, schedule.rate(), 1e-18);
    schedule.endEpoch(2);
    assertEquals(RATE * 0.64, schedule.rate(), 1e-18);
  }
}
