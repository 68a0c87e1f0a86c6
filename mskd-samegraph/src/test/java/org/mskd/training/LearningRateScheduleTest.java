package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Training;

/** The rates of decays and of the warm-up, by hand. */
class LearningRateScheduleTest {
  private static final double RATE = 0.02;
  private static final Schedule POLYNOMIAL = new Schedule.Polynomial();
  private static final Schedule COSINE = new Schedule.Cosine();

  /** Eight iterations after the warm-up. */
  private static LearningRateSchedule schedule(Schedule kind, int warmUp) {
    return LearningRateSchedule.of(
        Training.DEFAULT.toBuilder()
            .learningRate(RATE)
            .iterationsPerEpoch(1)
            .epochs(8 + warmUp)
            .schedule(kind)
            .warmupIterations(warmUp)
            .build());
  }

  private static void assertRate(double share, LearningRateSchedule schedule, int iteration) {
    assertEquals(share * RATE, schedule.rate(iteration), 1e-16, "iteration " + iteration);
  }

  @Test
  void thePolynomialHasTheExponentNineTenths() {
    LearningRateSchedule schedule = schedule(POLYNOMIAL, 0);
    assertEquals(RATE, schedule.rate(0));
    // 2^-0.9 half-way, 4^-0.9 and 8^-0.9 at the end.
    assertRate(0.5358867312681466, schedule, 4);
    assertRate(0.2871745887492587, schedule, 6);
    assertRate(0.15389305166811454, schedule, 7);
  }

  @Test
  void theCosineFallsToZero() {
    LearningRateSchedule schedule = schedule(COSINE, 0);
    assertEquals(RATE, schedule.rate(0));
    // (1 + cos 45°) / 2, (1 + cos 90°) / 2, (1 + cos 135°) / 2.
    assertRate((1 + Math.sqrt(0.5)) / 2, schedule, 2);
    assertRate(0.5, schedule, 4);
    assertRate((1 - Math.sqrt(0.5)) / 2, schedule, 6);
    // cos 22.5° = √(2 + √2) / 2
    assertRate((1 - Math.sqrt(2 + Math.sqrt(2)) / 2) / 2, schedule, 7);
  }

  @Test
  void aDecayFallsInEachIterationAndStaysAboveZero() {
    for (Schedule kind : List.of(POLYNOMIAL, COSINE)) {
      LearningRateSchedule schedule =
          LearningRateSchedule.of(Training.DEFAULT.toBuilder().schedule(kind).build());
      for (int i = 1; i < 1000; i++) {
        assertTrue(schedule.rate(i) < schedule.rate(i - 1), kind + ", iteration " + i);
      }
      assertTrue(schedule.rate(999) > 0, kind.toString());
      assertEquals(Optional.empty(), schedule.state());
    }
  }

  @Test
  void theRateGrowsInTheWarmUpAndTheDecayBeginsAtItsEnd() {
    for (Schedule kind : List.of(POLYNOMIAL, COSINE)) {
      LearningRateSchedule without = schedule(kind, 0);
      LearningRateSchedule schedule = schedule(kind, 4);
      assertRate(0.25, schedule, 0);
      assertRate(0.5, schedule, 1);
      assertRate(0.75, schedule, 2);
      assertEquals(RATE, schedule.rate(3));
      IntStream.range(0, 8)
          .forEach(i -> assertEquals(without.rate(i), schedule.rate(4 + i), kind + " " + i));
    }
  }

  @Test
  void aWarmUpOfOneIterationChangesNothing() {
    LearningRateSchedule schedule = schedule(new Plateau(0.5, 0, 0.1, PlateauSignal.EPOCH), 1);
    assertEquals(RATE, schedule.rate(0));
    assertEquals(RATE, schedule.rate(1));
  }

  /** A rate that is lowered in the warm-up is what the rest of it grows to. */
  @Test
  void aPlateauIsFoundInTheWarmUpAndAfterIt() {
    LearningRateSchedule schedule = schedule(new Plateau(0.5, 0, 0.1, PlateauSignal.EPOCH), 4);
    assertRate(0.25, schedule, 0);
    schedule.endEpoch(1);
    assertRate(0.5, schedule, 1);
    schedule.endEpoch(0.95);
    assertRate(0.5 * 0.75, schedule, 2);
    assertRate(0.5, schedule, 3);
    schedule.forget();
    schedule.endEpoch(7);
    assertRate(0.5, schedule, 4);
    schedule.endEpoch(7);
    assertRate(0.25, schedule, 4);
  }

  @Test
  void aPlateauInAWarmUpIsRestored() {
    Plateau settings = new Plateau(0.5, 1, 0.1, PlateauSignal.AVERAGE);
    LearningRateSchedule schedule = schedule(settings, 4);
    schedule.endEpoch(1);
    schedule.endEpoch(1);
    LearningRateSchedule other = schedule(settings, 4);
    other.restore(schedule.state());
    for (LearningRateSchedule one : List.of(schedule, other)) {
      one.endEpoch(1);
      assertRate(0.375, one, 2);
      assertRate(0.5, one, 20);
    }
  }
}
