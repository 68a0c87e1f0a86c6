package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Model;
import org.mskd.model.Tensor;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A trained network in inference; its weights are constants. */
public final class FrozenNetwork implements AutoCloseable {
  private final GraphSession session;
  private final String logits;
  private final List<String> features;
  private final int batch;
  private final int size;
  private final int channels;
  private final int outputs;
  private final ArrayPool pool = new ArrayPool();

  /**
   * The outputs of a network for a batch; valid until its next run.
   *
   * @param logits {@code [batch, size, size, outputs]}
   * @param features the requested blocks' outputs, in the order of their levels, each {@code
   *     [batch, size/2^l, size/2^l, C]}
   */
  public record Outputs(INDArray logits, List<INDArray> features) {
    public Outputs {
      features = List.copyOf(features);
    }
  }

  /** A network that gives logits only. */
  public FrozenNetwork(Model model, int batch) {
    this(model, batch, Optional.empty());
  }

  /**
   * @param features the blocks whose outputs are returned in addition to the logits
   */
  public FrozenNetwork(Model model, int batch, Optional<FeatureTerms> features) {
    this.channels = model.card().inputChannels();
    this.batch = batch;
    this.size = model.card().inputSize();
    this.outputs = model.card().outputs();
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, batch, size, size, channels);
    UNet unet = UNet.build(graph, image, model.card().network(), outputs, new WeightInit(0));
    NetworkWeights.load(graph, model.tensors());
    this.logits = unet.logits().name();
    this.features =
        features.map(unet::features).orElse(List.of()).stream().map(SDVariable::name).toList();
    List<String> wanted = new ArrayList<>(List.of(logits));
    wanted.addAll(this.features);
    this.session = GraphSession.frozen(graph, wanted);
  }

  /** A copy of its weights as they are now. */
  public List<Tensor> weights() {
    return NetworkWeights.of(session);
  }

  /** Slices per batch. */
  public int batch() {
    return batch;
  }

  /** Number of output channels. */
  public int outputs() {
    return outputs;
  }

  /**
   * @param images {@code [batch, size, size, inputChannels]}
   */
  public Outputs run(INDArray images) {
    Map<String, INDArray> values = session.run(Map.of("image", images));
    return new Outputs(values.get(logits), features.stream().map(values::get).toList());
  }

  /**
   * Logits of images in an array.
   *
   * @param images {@code [batch][size][size][inputChannels]} flattened
   * @return {@code [batch][size][size][outputs]} flattened
   */
  public float[] logits(float[] images) {
    INDArray tensor = pool.floats(images, batch, size, size, channels);
    float[] logits = HostFloats.copy(run(tensor).logits());
    pool.giveBack(tensor);
    return logits;
  }

  @Override
  public void close() {
    session.close();
    pool.close();
  }
}
