package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;

/**
 * U-Nets whose weights are set by hand so that a logit is a linear function of the pixel: all
 * weights are 0 but the middle ones on the way through the first level. The first bias of 1 lifts
 * the pixel to [0, 2], where LeakyReLU changes nothing.
 */
public final class PixelNetworks {
  public static final Network NETWORK = new Network(1, 1, Normalization.NONE);

  private PixelNetworks() {}

  /**
   * Writes a model.
   *
   * @param inputSize side of the square that it reads, pixels
   * @param slopes of each output's logit over the pixel + 1
   * @param offsets of each output's logit
   */
  public static void write(
      Path file,
      ModelKind kind,
      List<String> organs,
      Preprocessing preprocessing,
      int inputSize,
      float[] slopes,
      float[] offsets) {
    write(file, kind, organs, preprocessing, inputSize, slopes, offsets, List.of());
  }

  /**
   * Writes a model that records its training subjects.
   *
   * @param subjects as in its card
   */
  static void write(
      Path file,
      ModelKind kind,
      List<String> organs,
      Preprocessing preprocessing,
      int inputSize,
      float[] slopes,
      float[] offsets,
      List<Map<String, Object>> subjects) {
    write(file, kind, organs, preprocessing, inputSize, slopes, offsets, subjects, Neighbours.NONE);
  }

  /**
   * Writes a model that predicts from a pixel of the lowest slice that it reads.
   *
   * @param neighbours of the slice
   */
  public static void write(
      Path file,
      ModelKind kind,
      List<String> organs,
      Preprocessing preprocessing,
      int inputSize,
      float[] slopes,
      float[] offsets,
      List<Map<String, Object>> subjects,
      Neighbours neighbours) {
    Network network = NETWORK.withNeighbours(neighbours);
    List<Tensor> tensors = new ArrayList<>();
    through(tensors, "encoder.0.conv1", network.inputChannels(), 1, 1);
    through(tensors, "encoder.0.conv2", 1, 1, 0);
    zeros(tensors, "encoder.1.conv1", 1, 2);
    zeros(tensors, "encoder.1.conv2", 2, 2);
    through(tensors, "decoder.0.conv1", 3, 1, 0);
    through(tensors, "decoder.0.conv2", 1, 1, 0);
    tensors.add(new Tensor("head.weight", new long[] {1, 1, 1, slopes.length}, slopes));
    tensors.add(new Tensor("head.bias", new long[] {offsets.length}, offsets));
    ModelArchive.write(
        file,
        new ModelCard(
            kind, network, organs, preprocessing, inputSize, 1, new TreeMap<>(), subjects),
        tensors);
  }

  /** The first input's middle pixel goes to the one output. */
  private static void through(List<Tensor> tensors, String name, int in, int out, float bias) {
    float[] weights = new float[9 * in * out];
    weights[4 * in * out] = 1;
    add(tensors, name, in, out, weights);
    tensors.get(tensors.size() - 1).values()[0] = bias; // of the last tensor added
  }

  private static void zeros(List<Tensor> tensors, String name, int in, int out) {
    add(tensors, name, in, out, new float[9 * in * out]);
  }

  private static void add(List<Tensor> tensors, String name, int in, int out, float[] weights) {
    tensors.add(new Tensor(name + ".weight", new long[] {3, 3, in, out}, weights));
    tensors.add(new Tensor(name + ".bias", new long[] {out}, new float[out]));
  }
}
