package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preset;

class PlateauScheduleTest {
  /** None of them equals the best one minus a threshold. */
  private static final double[] LOSSES = {
    2.0, 1.5, 1.47, 1.46, 1.44, 1.43, 1.42, 1.41, 1.30, 1.28, 1.27, 1.40, 1.26, 1.10, 1.08, 1.06,
    1.04, 1.02, 0.997, 0.993, 0.98, 0.97, 0.96, 0.96
  };

  private static final double RATE = 3e-4;

  private static PlateauSchedule schedule(int patience, double threshold) {
    return new PlateauSchedule(RATE, new Plateau(0.8, patience, threshold, PlateauSignal.EPOCH));
  }

  private static PlateauSchedule schedule(Preset preset) {
    return new PlateauSchedule(RATE, (Plateau) preset.training().schedule());
  }

  @Test
  void theFirstEpochNeverLowersTheRate() {
    for (Preset preset : List.of(Preset.SOURCE, Preset.NNUNET)) {
      PlateauSchedule schedule = schedule(preset);
      schedule.endEpoch(100);
      assertEquals(RATE, schedule.rate(0), preset.name());
    }
  }

  @Test
  void anEpochThatImprovesByTheThresholdKeepsTheRate() {
    PlateauSchedule schedule = schedule(0, 0.25);
    schedule.endEpoch(1.0);
    schedule.endEpoch(0.75);
    assertEquals(RATE, schedule.rate(0));
  }

  @Test
  void theFirstEpochThatImprovesLessLowersIt() {
    PlateauSchedule schedule = schedule(0, 0.25);
    schedule.endEpoch(1.0);
    schedule.endEpoch(0.875);
    assertEquals(RATE * 0.8, schedule.rate(0), 1e-18);
    // Measured against the best so far, 0.875, though that was no improvement by the threshold.
    schedule.endEpoch(0.625);
    assertEquals(RATE * 0.8, schedule.rate(0), 1e-18);
    schedule.endEpoch(2);
    assertEquals(RATE * 0.64, schedule.rate(0), 1e-18);
  }

  @Test
  void aFlatLossIsNoImprovementWhateverTheThreshold() {
    PlateauSchedule schedule = schedule(1, 0);
    schedule.endEpoch(1);
    schedule.endEpoch(1);
    assertEquals(RATE, schedule.rate(0), "within the patience");
    schedule.endEpoch(1);
    assertEquals(RATE * 0.8, schedule.rate(0), 1e-18);
    schedule.endEpoch(Math.nextDown(1.0));
    schedule.endEpoch(1);
    assertEquals(RATE * 0.8, schedule.rate(0), 1e-18, "the least fall is one");
    // A threshold below the spacing of doubles at 1e9 vanishes in the subtraction.
    PlateauSchedule large = schedule(0, 1e-12);
    large.endEpoch(1e9);
    large.endEpoch(1e9);
    assertEquals(RATE * 0.8, large.rate(0), 1e-18);
  }

  @Test
  void underSourceTheFirstEpochWithoutImprovementLowersTheRate() {
    PlateauSchedule schedule = schedule(Preset.SOURCE);
    schedule.endEpoch(1);
    schedule.endEpoch(0.9985);
    assertEquals(RATE, schedule.rate(0), "better by more than 1e-3");
    schedule.endEpoch(0.998);
    assertEquals(RATE * 0.8, schedule.rate(0), 1e-18, "better by 5e-4 only");
  }

  @Test
  void underNnunetThe31stEpochWithoutImprovementLowersTheRateOnce() {
    PlateauSchedule schedule = schedule(Preset.NNUNET);
    schedule.endEpoch(1);
    for (int epoch = 1; epoch <= 100; epoch++) {
      schedule.endEpoch(1);
      int cuts = epoch < 31 ? 0 : epoch < 62 ? 1 : epoch < 93 ? 2 : 3;
      assertEquals(RATE * Math.pow(0.2, cuts), schedule.rate(0), 1e-15, "epoch " + epoch);
    }
  }

  @Test
  void slowProgressAddsUpWithinThePatience() {
    // Each epoch gains 0.4 of the threshold, so every third one improves on the mark.
    PlateauSchedule patient = schedule(2, 1e-3);
    PlateauSchedule impatient = schedule(0, 1e-3);
    for (int epoch = 0; epoch < 60; epoch++) {
      patient.endEpoch(1 - 0.4e-3 * epoch);
      impatient.endEpoch(1 - 0.4e-3 * epoch);
      assertEquals(RATE, patient.rate(0), "epoch " + epoch);
      assertEquals(RATE * Math.pow(0.8, epoch), impatient.rate(0), 1e-15, "epoch " + epoch);
    }
  }

  @Test
  void theAverageIsThatOfTheEpochs() {
    PlateauSchedule schedule =
        new PlateauSchedule(RATE, new Plateau(0.5, 0, 0.1, PlateauSignal.AVERAGE));
    schedule.endEpoch(2); // 2
    schedule.endEpoch(0.5); // 1.86 + 0.035 = 1.895: better by 0.105
    assertEquals(RATE, schedule.rate(0));
    schedule.endEpoch(0.5); // 1.76235 + 0.035 = 1.79735: by 0.09765
    assertEquals(RATE / 2, schedule.rate(0));
    schedule.endEpoch(0.3); // 1.6715355 + 0.021 = 1.6925355: by 0.1048
    assertEquals(RATE / 2, schedule.rate(0));
    schedule.endEpoch(0); // 1.574058: by 0.118, where the epochs alone gained more
    assertEquals(RATE / 2, schedule.rate(0));
    schedule.endEpoch(0.2); // 1.47787: by 0.096, though the epoch was far below the average
    assertEquals(RATE / 4, schedule.rate(0));
  }

  /**
   * The learning rates of libtorch 2.13's {@code torch::optim::ReduceLROnPlateauScheduler} (mode
   * {@code min}, threshold mode {@code abs}, no cooldown) after each of {@link #LOSSES}, computed
   * once: by how many cuts they lie below the initial rate.
   */
  @ParameterizedTest
  @CsvSource({
    "0.5, 2, 0.05, 0 0 0 0 0 0 0 1 1 1 1 2 2 2 2 2 2 2 2 3 3 3 3 4",
    "0.2, 3, 0.1,  0 0 0 0 0 1 1 1 1 1 1 1 2 2 2 2 2 3 3 3 3 3 4 4"
  })
  void ratesAreThoseOfLibtorch(double factor, int patience, double threshold, String cuts) {
    PlateauSchedule schedule =
        new PlateauSchedule(RATE, new Plateau(factor, patience, threshold, PlateauSignal.EPOCH));
    String[] expected = cuts.split(" ");
    for (int epoch = 0; epoch < LOSSES.length; epoch++) {
      schedule.endEpoch(LOSSES[epoch]);
      double rate = RATE * Math.pow(factor, Integer.parseInt(expected[epoch]));
      assertEquals(rate, schedule.rate(0), 1e-9 * rate, "epoch " + epoch);
    }
  }
}
