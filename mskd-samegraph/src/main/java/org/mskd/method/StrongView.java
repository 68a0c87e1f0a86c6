package org.mskd.method;

import java.util.Arrays;
import java.util.Map;
import org.mskd.dataset.StrongAugmentation;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds a strongly augmented view of a batch's images. The images themselves, with the augmentation
 * of every method, are the weak view.
 */
final class StrongView implements BatchExtension {
  /** Name of the tensor that is added, {@code [batch, size, size, channels]}. */
  static final String IMAGE = "strongImage";

  private final StrongAugmentation augmentation;
  private final LastArrays last = new LastArrays();

  /**
   * @param context its seed is that of the views
   */
  StrongView(TrainingContext context) {
    this.augmentation = new StrongAugmentation(context.init().seed());
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray images = batch.get(TensorBatch.IMAGE);
    int slots = (int) images.size(0);
    int size = (int) images.size(1);
    int values = size * size * (int) images.size(3);
    float[] weak = HostFloats.copy(images);
    float[] strong = new float[weak.length];
    Kernels.parallel(
        slots,
        slot -> {
          float[] image = Arrays.copyOfRange(weak, slot * values, (slot + 1) * values);
          float[] view = augmentation.apply(batch.iteration(), slot, image, size);
          System.arraycopy(view, 0, strong, slot * values, values);
        });
    return batch.with(Map.of(IMAGE, last.replace(strong, images.shape())));
  }

  @Override
  public void close() {
    last.close();
  }
}
