package org.mskd.method;

import java.util.List;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.training.TensorBatch;

/**
 * The network that a trainer builds, and what it reads of a batch.
 *
 * @param architecture the structure
 * @param views names of the tensors that it reads in one pass, at least one: images of the same
 *     slices, {@code [batch, size, size, channels]} each
 */
public record TrainedNetwork(Architecture architecture, List<String> views) {
  /**
   * @throws IllegalArgumentException if there is no view, or a task-specific network has several
   */
  public TrainedNetwork {
    views = List.copyOf(views);
    if (views.isEmpty() || (views.size() > 1 && architecture.isTaskSpecific())) {
      throw new IllegalArgumentException(architecture.name() + " with the views " + views);
    }
  }

  /** The plain U-Net on the batch's images. */
  public static TrainedNetwork plain(TrainingContext context) {
    return of(UNet2d.of(context.network(), context.outputs()));
  }

  /** A network on the batch's images. */
  public static TrainedNetwork of(Architecture architecture) {
    return new TrainedNetwork(architecture, List.of(TensorBatch.IMAGE));
  }

  /** The same network on other views. */
  public TrainedNetwork reading(List<String> others) {
    return new TrainedNetwork(architecture, others);
  }
}
