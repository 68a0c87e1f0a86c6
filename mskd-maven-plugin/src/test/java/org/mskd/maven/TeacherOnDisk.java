package org.mskd.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;

/** A teacher's file whose every setting is not the default. */
public final class TeacherOnDisk {
  public static final Preprocessing SLICES = new Preprocessing(64, -100, 240.5, List.of(1.5, 5.0));
  public static final Network NETWORK = new Network(6, 3, Normalization.NONE);
  public static final int PATCH = 32;

  private TeacherOnDisk() {}

  /** Of patches of {@link #PATCH} pixels. */
  public static void write(Path file, String organ) {
    write(file, ModelKind.TEACHER, organ, PATCH);
  }

  /** With weights of 0 of its network. */
  public static void writeWhole(Path file, String organ) {
    ModelCard card = card(ModelKind.TEACHER, organ, PATCH, NETWORK);
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(card.architecture())
        .byName()
        .forEach(
            (name, shape) ->
                tensors.add(
                    new Tensor(
                        name,
                        shape,
                        new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)])));
    ModelArchive.write(file, card, tensors);
  }

  public static void write(Path file, ModelKind kind, String organ, int inputSize) {
    write(file, kind, organ, inputSize, NETWORK);
  }

  public static void write(
      Path file, ModelKind kind, String organ, int inputSize, Network network) {
    ModelArchive.write(
        file,
        card(kind, organ, inputSize, network),
        List.of(new Tensor("w", new long[] {1}, new float[] {1})));
  }

  private static ModelCard card(ModelKind kind, String organ, int inputSize, Network network) {
    return new ModelCard(
        kind, network, List.of(organ), SLICES, inputSize, 1, new TreeMap<>(), List.of());
  }
}
