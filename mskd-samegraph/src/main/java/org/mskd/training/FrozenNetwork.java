package org.mskd.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.architecture.Architecture;
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

/**
 * A trained network in inference, of any architecture; its weights are constants. A network that is
 * task-specific runs as often as its architecture needs to predict all organs.
 */
public final class FrozenNetwork implements AutoCloseable {
  private static final String IMAGE = "image";
  private static final String TASKS = "tasks";

  private final GraphSession session;
  private final Architecture architecture;
  private final String logits;
  private final List<String> features;
  private final int batch;
  private final int size;
  private final ArrayPool pool = new ArrayPool();

  /** The inputs beside the images, by pass. */
  private final List<Map<String, INDArray>> passes;

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
   * @throws org.mskd.problem.BadInputException if the weights are not those of the network in the
   *     model card, before memory is taken for it
   */
  public FrozenNetwork(Model model, int batch, Optional<FeatureTerms> features) {
    this.architecture = model.card().architecture();
    this.batch = batch;
    this.size = model.card().inputSize();
    NetworkWeights.check(architecture, model.tensors());
    SameDiff graph = SameDiff.create();
    SDVariable image =
        graph.placeHolder(IMAGE, DataType.FLOAT, batch, size, size, architecture.inputChannels());
    Optional<SDVariable> tasks =
        architecture.isTaskSpecific()
            ? Optional.of(
                graph.placeHolder(
                    TASKS, DataType.FLOAT, batch, architecture.heads(), architecture.organs()))
            : Optional.empty();
    UNet unet = UNet.build(graph, image, architecture, tasks, new WeightInit(0));
    NetworkWeights.load(graph, model.tensors());
    this.logits = unet.logits().name();
    this.features =
        features.map(unet::features).orElse(List.of()).stream().map(SDVariable::name).toList();
    List<String> wanted = new ArrayList<>(List.of(logits));
    wanted.addAll(this.features);
    this.session = GraphSession.frozen(graph, wanted);
    this.passes = IntStream.range(0, architecture.passes()).mapToObj(this::inputs).toList();
  }

  /** The inputs of a pass beside the images: which organ each head segments. */
  private Map<String, INDArray> inputs(int pass) {
    if (!architecture.isTaskSpecific()) {
      return Map.of();
    }
    int heads = architecture.heads();
    int organs = architecture.organs();
    float[] tasks = new float[batch * heads * organs];
    for (int i = 0; i < batch * heads; i++) {
      tasks[i * organs + pass * heads + i % heads] = 1;
    }
    return Map.of(TASKS, pool.floats(tasks, batch, heads, organs));
  }

  /** A copy of its weights as they are now. */
  public List<Tensor> weights() {
    return NetworkWeights.of(session);
  }

  /** Slices per batch. */
  public int batch() {
    return batch;
  }

  /** Classes that it scores: background and the organs. */
  public int classes() {
    return architecture.organs() + 1;
  }

  /**
   * Runs a network that predicts all organs in one pass.
   *
   * @param images {@code [batch, size, size, inputChannels]}
   * @throws IllegalStateException if it needs several passes
   */
  public Outputs run(INDArray images) {
    if (passes.size() != 1) {
      throw new IllegalStateException(architecture.name() + " needs " + passes.size() + " passes");
    }
    return run(images, 0);
  }

  private Outputs run(INDArray images, int pass) {
    Map<String, INDArray> inputs = new HashMap<>(passes.get(pass));
    inputs.put(IMAGE, images);
    Map<String, INDArray> values = session.run(inputs);
    return new Outputs(values.get(logits), features.stream().map(values::get).toList());
  }

  /**
   * Logits of all classes for images in an array. Where the network gives each organ's logit
   * against the rest, that of the background is 0: an organ wins where its logit is above 0 and the
   * largest.
   *
   * @param images {@code [batch][size][size][inputChannels]} flattened
   * @return {@code [batch][size][size][classes]} flattened
   */
  public float[] logits(float[] images) {
    INDArray tensor = pool.floats(images, batch, size, size, architecture.inputChannels());
    float[] all =
        architecture.isTaskSpecific()
            ? organLogits(tensor)
            : HostFloats.copy(run(tensor, 0).logits());
    pool.giveBack(tensor);
    return all;
  }

  private float[] organLogits(INDArray images) {
    int heads = architecture.heads();
    int classes = classes();
    float[] all = new float[Math.multiplyExact(batch * size * size, classes)];
    for (int pass = 0; pass < passes.size(); pass++) {
      float[] found = HostFloats.copy(run(images, pass).logits());
      for (int i = 0; i < found.length; i++) {
        all[i / heads * classes + 1 + pass * heads + i % heads] = found[i];
      }
    }
    return all;
  }

  @Override
  public void close() {
    List<INDArray> weights = session.parameters().stream().map(session::parameter).toList();
    session.close();
    // Not left to the garbage collector: a validation makes a network in each epoch.
    weights.stream().filter(INDArray::closeable).forEach(INDArray::close);
    passes.forEach(inputs -> inputs.values().forEach(pool::giveBack));
    pool.close();
  }
}
