package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.factory.Nd4j;

/** A small student of two organs, batches of noise for it, and what its loss should be. */
final class SmallTraining {
  static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  static final int SIDE = 16;
  static final int AREA = SIDE * SIDE;
  static final int BATCH = 2;
  static final List<String> ORGANS = List.of("liver", "spleen");
  static final int CHANNELS = 3;

  private SmallTraining() {}

  static TrainingContext context() {
    return new TrainingContext(NETWORK, ORGANS, BATCH, SIDE, new WeightInit(9));
  }

  /** The options of a method, with some values as texts: name, value, name, value. */
  static OptionValues options(TrainingMethod method, String... given) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < given.length; i += 2) {
      texts.put(given[i], given[i + 1]);
    }
    return OptionValues.of(method.options(), texts);
  }

  static Trainer trainer(TrainingMethod method, String... given) {
    return method.trainer(context(), options(method, given));
  }

  /**
   * Noise; the first slice's data set annotates the spleen in its upper half, the second's nothing.
   */
  static TensorBatch batch(int iteration, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[BATCH * AREA];
    float[] classes = new float[images.length];
    float[] margins = new float[2 * images.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
      classes[i] = i < AREA / 2 ? 2 : 0;
    }
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) random.nextDouble(-3, 3);
    }
    return new TensorBatch(
        iteration,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {BATCH, SIDE, SIDE, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(classes, new long[] {BATCH, SIDE, SIDE}, 'c'),
            TensorBatch.ANNOTATED,
            Nd4j.create(new float[] {0, 1, 0, 0}, new long[] {BATCH, 2}, 'c'),
            TensorBatch.MARGINS,
            Nd4j.create(margins, new long[] {BATCH, SIDE, SIDE, 2}, 'c')),
        List.of("a", "b"));
  }

  /** The probabilities at T of a trainer's network for some images, {@code [pixel][channel]}. */
  static double[][] probabilities(Trainer trainer, float[] images, double temperature) {
    ModelCard card =
        new ModelCard(
            ModelKind.STUDENT,
            NETWORK,
            ORGANS,
            new Preprocessing(SIDE, -125, 275, List.of()),
            SIDE,
            1,
            new TreeMap<>(),
            List.of());
    Map<String, Tensor> weights =
        trainer.weights().stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
    try (FrozenNetwork network =
        new FrozenNetwork(new Model(card, new TreeMap<>(weights), ""), BATCH)) {
      return softmax(network.logits(images), CHANNELS, temperature);
    }
  }

  /** Softmax over T of logits {@code [pixel][channel]} flattened. */
  static double[][] softmax(float[] logits, int channels, double temperature) {
    double[][] p = new double[logits.length / channels][channels];
    for (int i = 0; i < p.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        p[i][c] = Math.exp(logits[i * channels + c] / temperature);
        sum += p[i][c];
      }
      for (int c = 0; c < channels; c++) {
        p[i][c] /= sum;
      }
    }
    return p;
  }

  /** The merged teachers of a batch at T, {@code [pixel][channel]}. */
  static double[][] merged(TensorBatch batch, double temperature) {
    float[] margins = HostFloats.copy(batch.get(TensorBatch.MARGINS));
    float[] logits = new float[margins.length / 2 * CHANNELS];
    for (int i = 0; i < margins.length; i++) {
      logits[i / 2 * CHANNELS + 1 + i % 2] = margins[i];
    }
    return softmax(logits, CHANNELS, temperature);
  }

  /** The mean over all pixels of KL(t ‖ q). */
  static double divergence(double[][] t, double[][] q) {
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      for (int c = 0; c < t[i].length; c++) {
        sum += t[i][c] * Math.log(t[i][c] / q[i][c]);
      }
    }
    return sum / t.length;
  }

  /** The marginal cross-entropy of {@link #batch}'s labels: of its first slice alone. */
  static double marginalCrossEntropy(double[][] p) {
    double sum = 0;
    for (int i = 0; i < AREA; i++) {
      sum -= Math.log(i < AREA / 2 ? p[i][2] : p[i][0] + p[i][1]);
    }
    return sum / AREA;
  }

  /** 1 - Dice of {@link #batch}'s labels: of the spleen in its first slice alone. */
  static double marginalDiceLoss(double[][] p) {
    double overlap = 0;
    double size = 0;
    for (int i = 0; i < AREA; i++) {
      overlap += i < AREA / 2 ? p[i][2] : 0;
      size += p[i][2] + (i < AREA / 2 ? 1 : 0);
    }
    return 1 - (2 * overlap + 1e-5) / (size + 1e-5);
  }

  /** Checks that along the whole gradient the loss has the gradient's length as its slope. */
  static void checkSlope(Trainer trainer, TensorBatch batch) {
    trainer.step(batch);
    GraphSession session = trainer.models().get(0).session();
    Map<String, float[]> gradients = new TreeMap<>();
    Map<String, float[]> kept = new TreeMap<>();
    List<Double> squares = new ArrayList<>();
    for (String name : session.parameters()) {
      gradients.put(name, HostFloats.copy(session.gradient(name)));
      kept.put(name, HostFloats.copy(session.parameter(name)));
      for (float slope : gradients.get(name)) {
        squares.add((double) slope * slope);
      }
    }
    double length = Math.sqrt(squares.stream().mapToDouble(square -> square).sum());
    // Small, as the slope changes at each kink of LeakyReLU and max pooling on the way.
    double step = 2.5e-4;
    double rise =
        (lossAt(trainer, batch, kept, gradients, step / length)
                - lossAt(trainer, batch, kept, gradients, -step / length))
            / (2 * step);
    kept.forEach((name, values) -> HostFloats.fill(session.parameter(name), values));
    assertEquals(1, rise / length, 0.005, "slope " + rise + " gradient " + length);
  }

  private static double lossAt(
      Trainer trainer,
      TensorBatch batch,
      Map<String, float[]> at,
      Map<String, float[]> along,
      double step) {
    at.forEach(
        (name, values) -> {
          float[] moved = values.clone();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * along.get(name)[i]);
          }
          HostFloats.fill(trainer.models().get(0).session().parameter(name), moved);
        });
    return trainer.step(batch).loss();
  }
}
