package org.mskd.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Augmentation.Transform;
import org.mskd.dataset.PaddedSlice;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Distillation;

/**
 * Stored against live teachers under augmentation. The live teachers' margins are 100 and -40 times
 * the intensity of a pixel, so that they can be computed exactly for an augmented image.
 */
class TemperatureTest {
  private static final int SIZE = 64;
  private static final double[] FACTORS = {100, -40};

  @TempDir Path folder;

  private static double probability(double margin, double temperature) {
    return 1 / (1 + Math.exp(-margin / temperature));
  }

  /** Intensities from -1 to 1, smooth. */
  private static float[] image() {
    float[] image = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      double x = i % SIZE * 2 * Math.PI / SIZE;
      double y = i / SIZE * 2 * Math.PI / SIZE;
      image[i] = (float) (0.5 * Math.sin(x + 0.4) + 0.5 * Math.cos(2 * y));
    }
    return image;
  }

  private TargetStore store(float[] image) {
    TargetLayout layout = new TargetLayout(SIZE, FACTORS.length, Optional.empty(), 4, true);
    float[] margins = new float[image.length * FACTORS.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) (FACTORS[i % FACTORS.length] * image[i / FACTORS.length]);
    }
    Path file = folder.resolve("a.targets");
    try (TargetStoreWriter writer =
        TargetStoreWriter.create(file, layout, "teachers", Long.MAX_VALUE)) {
      SliceBlock block = new TeacherOutputs(margins, List.of()).block(layout);
      assertTrue(writer.add(new SliceRef(0, 0, 0), block));
      writer.finish();
    }
    return TargetStore.open(file, layout, "teachers");
  }

  /** The augmented image by geometry alone, with {@code outside} beyond its border. */
  private static float[] moved(Transform transform, float[] image, float outside) {
    PaddedSlice padded = new PaddedSlice(SIZE, 1, outside);
    padded.fill(image);
    float[] moved = new float[image.length];
    transform.maps(padded, moved, 0);
    return moved;
  }

  private static float[] ones() {
    float[] ones = new float[SIZE * SIZE];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 1, 4, 20, 100})
  void storedProbabilitiesAreTheLiveOnes(double temperature) {
    Distillation settings = Distillation.DEFAULT.withFeatureWeight(0).withTemperature(temperature);
    Augmentation augmentation = new Augmentation(8, 2);
    float[] image = image();
    int inside = 0;
    int outside = 0;
    double largest = 0;
    try (TargetStore store = store(image)) {
      WarpedTargets targets = new WarpedTargets(store, settings);
      for (int n = 0; n < 12; n++) {
        Transform transform = augmentation.sample(n, 0);
        float[] margins = targets.of(List.of(new SliceRef(0, 0, 0)), List.of(transform)).margins();
        float[] live = moved(transform, image, -1);
        float[] covered = moved(transform, ones(), 0);
        for (int i = 0; i < margins.length; i++) {
          int pixel = i / FACTORS.length;
          double stored = probability(margins[i], temperature);
          if (covered[pixel] == 0) {
            // e^-10 / (1 + e^-10): the padding is background at every temperature.
            assertEquals(4.54e-5, stored, 1e-7, "T " + temperature + ", padding");
            outside++;
          } else if (covered[pixel] > 1 - 1e-6) {
            double exact = FACTORS[i % FACTORS.length] * live[pixel];
            // Half a step of 1/1024 times 1 / (4 T), the largest slope; beyond 31, where it matters
            // at T above 4 only, half a ratio of 0.45 % times 0.224. Interpolation is in floats.
            double allowed = temperature <= 4 ? 1 / (8192 * temperature) + 4e-5 : 5.3e-4;
            assertEquals(
                probability(exact, temperature),
                stored,
                allowed,
                "T %s, transform %d, margin %s".formatted(temperature, n, exact));
            largest = Math.max(largest, Math.abs(exact));
            inside++;
          }
        }
      }
    }
    assertTrue(inside > 10_000 && outside > 1000, inside + " inside, " + outside + " outside");
    assertTrue(largest > 95, "margins up to " + largest);
  }

  /** The two cases in which margins clamped to 32 and a padding of -10 were wrong. */
  @Test
  void softenedProbabilitiesByHand() {
    // Margin 60 at T = 20: 1 / (1 + e^-3).
    assertEquals(0.952574, probability(MarginCode.decode(MarginCode.encode(60)), 20), 5e-4);
    // Margin -100 at T = 20: 1 / (1 + e^5).
    assertEquals(0.006693, probability(MarginCode.decode(MarginCode.encode(-100)), 20), 1e-4);
    // Below 31 the code is that of steps of 1/1024.
    assertEquals((short) 5119, MarginCode.encode(5));
    assertEquals(5 - 1 / 2048f, MarginCode.decode((short) 5119));
    assertEquals((short) -1, MarginCode.encode(0));
    assertEquals(-1 / 2048f, MarginCode.decode((short) -1));
  }
}
