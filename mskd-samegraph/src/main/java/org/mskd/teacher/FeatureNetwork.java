package org.mskd.teacher;

import java.util.List;
import java.util.Optional;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.loss.Margins;
import org.mskd.model.Model;
import org.mskd.training.FrozenNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A teacher that gives logits and features; its input is the whole slice. */
final class FeatureNetwork implements TeacherNetwork {
  private final FrozenNetwork network;
  private final INDArray images;

  FeatureNetwork(Model model, int batch, FeatureTerms features) {
    int side = model.card().inputSize();
    this.network = new FrozenNetwork(model, batch, Optional.of(features));
    this.images = Nd4j.create(DataType.FLOAT, batch, side, side, model.card().inputChannels());
  }

  @Override
  public int slices() {
    return network.batch();
  }

  @Override
  public Run run(float[] values, int count) {
    HostFloats.fill(images, values);
    return new Outputs(network.run(images));
  }

  @Override
  public void close() {
    network.close();
    images.close();
  }

  /** Reads the tensors without a copy. */
  private static final class Outputs implements Run {
    private final int area;
    private final HostFloats logits;
    private final List<INDArray> maps;
    private final List<HostFloats> features;

    Outputs(FrozenNetwork.Outputs outputs) {
      area = (int) (outputs.logits().size(1) * outputs.logits().size(2));
      logits = HostFloats.read(outputs.logits());
      maps = outputs.features();
      features = maps.stream().map(HostFloats::read).toList();
    }

    @Override
    public float[] margins(int slot) {
      float[] values = new float[2 * area];
      logits.get(slot * values.length, values, values.length);
      float[] margins = new float[area];
      Margins.of(values, area, margins, 0, 1);
      return margins;
    }

    @Override
    public void features(int slot, int level, int position, float[] channels) {
      int positions = (int) (maps.get(level).size(1) * maps.get(level).size(2));
      int at = (slot * positions + position) * channels.length;
      features.get(level).get(at, channels, channels.length);
    }

    @Override
    public void close() {
      logits.close();
      features.forEach(HostFloats::close);
    }
  }
}
