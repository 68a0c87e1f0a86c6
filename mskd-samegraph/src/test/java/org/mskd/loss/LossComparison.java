package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

/**
 * The graph's loss, every term and every gradient, against the reference forms: all combinations of
 * the switches, on random and on hostile inputs. Also a program, which {@link EveryBackendTest}
 * runs on each backend.
 */
final class LossComparison {
  private LossComparison() {}

  /** Inputs that losses are known to fail on. */
  private enum Kind {
    RANDOM {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        return LossInputs.of(organs, 3, seed, strides);
      }
    },
    FAR_LOGITS {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        return LossInputs.of(organs, 80, seed, strides);
      }
    },
    CERTAIN_TEACHERS {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        return LossInputs.of(organs, 80, seed, strides).withCertainTeachers();
      }
    },
    EMPTY_REGIONS {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        return LossInputs.of(organs, 3, seed, strides).withoutOrgans().annotating(0, 0);
      }
    },
    ONE_PIXEL {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        LossInputs inputs = LossInputs.of(organs, 3, seed, strides).withoutOrgans();
        return inputs.withOrgan(organs - 1, 0, 0, 0).withOrgan(0, 1, 5, 3).annotating(1, organs);
      }
    },
    TIES_AND_DEAD_CHANNELS {
      @Override
      LossInputs of(int organs, long seed, int... strides) {
        return LossInputs.of(organs, 3, seed, strides).withTies();
      }
    };

    abstract LossInputs of(int organs, long seed, int... strides);
  }

  /** Every combination of the switches that change what is computed. */
  static List<Distillation> settings() {
    List<Regions> regions = new ArrayList<>(List.of(Regions.DEFAULT.unmasked()));
    for (Overlap overlap : Overlap.values()) {
      for (MaskDownsampling downsampling : MaskDownsampling.values()) {
        regions.add(new Regions(true, overlap, downsampling));
      }
    }
    List<Distillation> settings = new ArrayList<>(List.of(Distillation.DEFAULT));
    for (Regions region : regions) {
      for (LossNormalization normalization : LossNormalization.values()) {
        for (boolean sorted : new boolean[] {true, false}) {
          for (List<Integer> levels : List.of(List.of(1), List.of(3), List.of(0, 2, 3))) {
            int index = settings.size();
            settings.add(
                new Distillation(
                    new double[] {1, 0.3, 0}[(index + index / 3) % 3],
                    new double[] {10, 2.5, 0}[index / 3 % 5 % 3],
                    index % 2 == 0 ? 0.7 : 0,
                    new double[] {1, 2, 0.5}[index / 2 % 3],
                    new FeatureTerms(levels, FeatureSource.ENCODER, sorted),
                    region,
                    normalization));
          }
        }
      }
    }
    return settings;
  }

  /** Compares all settings on all kinds of input; returns how many comparisons were made. */
  static int everyCombination() {
    int compared = 0;
    long seed = 1;
    for (Distillation settings : settings()) {
      int organs = 1 + (int) ((seed + seed / 6) % 6);
      int[] strides = settings.features().levels().stream().mapToInt(level -> 1 << level).toArray();
      try (LossGraph graph = Kind.RANDOM.of(organs, seed, strides).graph(settings)) {
        for (Kind kind : Kind.values()) {
          compare(
              kind.of(organs, seed, strides),
              settings,
              graph,
              kind + ", K=" + organs + ", seed " + seed + ", " + settings);
          compared++;
        }
      }
      seed++;
    }
    return compared;
  }

  static void compare(LossInputs inputs, Distillation settings, String message) {
    try (LossGraph graph = inputs.graph(settings)) {
      compare(inputs, settings, graph, message);
    }
  }

  private static void compare(
      LossInputs inputs, Distillation settings, LossGraph graph, String message) {
    graph.run(inputs);
    close(ReferenceLoss.logitTerms(inputs, settings), graph.logitTerms(), message + " logit");
    close(
        ReferenceGradient.logits(inputs, settings),
        graph.logitGradient(),
        message + " logit gradient");
    for (int l = 0; settings.usesFeatures() && l < inputs.strides().length; l++) {
      close(
          ReferenceLoss.featureTerms(inputs, l, settings),
          graph.featureTerms(l),
          message + " feature " + l);
      close(
          ReferenceGradient.features(inputs, l, settings),
          graph.featureGradient(l),
          message + " feature gradient " + l);
    }
    if (settings.usesLabels()) {
      close(ReferenceLoss.labelTerms(inputs), graph.labelTerms(), message + " label");
    }
    close(ReferenceLoss.total(inputs, settings), graph.loss(), message + " total");
    assertTrue(graph.loss() >= -1e-7, message + " negative " + graph);
  }

  private static void close(double[] expected, double[] actual, String message) {
    assertEquals(expected.length, actual.length, message);
    for (int i = 0; i < expected.length; i++) {
      close(expected[i], actual[i], message + " term " + i);
    }
  }

  private static void close(double[][] expected, float[] actual, String message) {
    int channels = expected[0].length;
    assertEquals(expected.length * channels, actual.length, message);
    for (int i = 0; i < actual.length; i++) {
      close(expected[i / channels][i % channels], actual[i], message + " at " + i);
    }
  }

  static void close(double expected, double actual, String message) {
    assertEquals(expected, actual, 1e-5 * Math.abs(expected) + 1e-7, message);
  }

  /** Says which natives it ran on; ends with an exception where a comparison fails. */
  public static void main(String[] args) {
    int compared = everyCombination();
    // Libraries are unpacked to .../JAR/path/in/the/jar.
    String library = Loader.getLoadedLibraries().get("nd4jcpu");
    System.out.println(" nd4jcpu from " + library.substring(library.lastIndexOf("nd4j-native-")));
    System.out.println("compared " + compared);
    System.exit(0);
  }
}
