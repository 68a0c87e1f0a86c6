package org.mskd.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;

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

  public static void write(Path file, ModelKind kind, String organ, int inputSize) {
    write(file, kind, organ, inputSize, NETWORK);
  }

  public static void write(
      Path file, ModelKind kind, String organ, int inputSize, Network network) {
    ModelCard card =
        new ModelCard(
            kind, network, List.of(organ), SLICES, inputSize, 1, new TreeMap<>(), List.of());
    ModelArchive.write(file, card, List.of(new Tensor("w", new long[] {1}, new float[] {1})));
  }
}
