package org.mskd.export;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ParameterShape;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;

/**
 * Students with random weights. No bias is 0 and no scale 1, so that logits agree only where every
 * parameter is used as it should be.
 */
public final class ExportedNetworks {
  private ExportedNetworks() {}

  /** Weights of a network. */
  public static SortedMap<String, Tensor> weights(Architecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (ParameterShape shape : architecture.parameters()) {
      float[] values = new float[(int) shape.count()];
      double spread = shape.lengths().size() == 1 ? 0.3 : Math.sqrt(6.0 / fanIn(shape));
      double middle = shape.name().endsWith(".scale") ? 1 : 0;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (middle + random.nextDouble(-spread, spread));
      }
      tensors.put(shape.name(), new Tensor(shape.name(), shape.toArray(), values));
    }
    return tensors;
  }

  private static long fanIn(ParameterShape shape) {
    return shape.count() / shape.lengths().get(shape.lengths().size() - 1);
  }

  /** Names of organs. */
  public static List<String> organs(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(k -> "organ " + k).toList();
  }

  /** The card of a student whose input is a patch or a whole slice. */
  public static ModelCard card(Architecture architecture, int sliceSize, int inputSize) {
    return new ModelCard(
        ModelKind.STUDENT,
        architecture,
        organs(architecture.organs()),
        new Preprocessing(sliceSize, -125, 275, List.of()),
        inputSize,
        7,
        new TreeMap<>(),
        List.of());
  }

  /** Writes a student and reads it. */
  public static Model write(Path file, ModelCard card, SortedMap<String, Tensor> weights) {
    ModelArchive.write(file, card, weights.values());
    return ModelArchive.read(file);
  }
}
