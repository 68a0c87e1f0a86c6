package org.mskd.method;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.mskd.dataset.SliceRef;
import org.mskd.graph.HostFloats;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetLayout;
import org.mskd.targets.TargetStoreWriter;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.SliceSources;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lets frozen teachers speak about slices as they are, once, and keeps what they say. */
public final class TargetRecorder {
  private final List<FrozenNetwork> teachers;
  private final TargetLayout layout;

  /**
   * @param teachers one an organ, all of one batch size, with the layout's features; they stay the
   *     caller's to close
   * @param layout of the store
   */
  public TargetRecorder(List<FrozenNetwork> teachers, TargetLayout layout) {
    this.teachers = List.copyOf(teachers);
    this.layout = layout;
    if (teachers.size() != layout.organs()) {
      throw new IllegalArgumentException(teachers.size() + " teachers for " + layout);
    }
  }

  /**
   * Writes a store; the same slices give the same bytes.
   *
   * @param file the store's
   * @param digest what tells the teachers from others
   * @param maxBytes what the file may take
   * @param sources of the slices
   * @param slices which, ascending, each once
   * @param progress is told the number of slices done, after each batch
   * @return false if the store would be larger; then nothing is left of it
   * @throws BadInputException if what a teacher says is not finite, or the disk is full
   */
  public boolean record(
      Path file,
      String digest,
      long maxBytes,
      SliceSources sources,
      List<SliceRef> slices,
      IntConsumer progress) {
    int batch = teachers.get(0).batch();
    try (TargetStoreWriter store = TargetStoreWriter.create(file, layout, digest, maxBytes);
        INDArray images = Nd4j.create(DataType.FLOAT, batch, layout.size(), layout.size(), 1)) {
      for (int first = 0; first < slices.size(); first += batch) {
        List<SliceRef> some = slices.subList(first, Math.min(slices.size(), first + batch));
        fill(images, sources, some);
        if (!add(store, images, sources, some)) {
          return false;
        }
        progress.accept(first + some.size());
      }
      store.finish();
      return true;
    }
  }

  private void fill(INDArray images, SliceSources sources, List<SliceRef> slices) {
    float[] values = new float[(int) images.length()];
    // Slots behind the last slice show air.
    Arrays.fill(values, -1);
    for (int slot = 0; slot < slices.size(); slot++) {
      SliceRef slice = slices.get(slot);
      sources.store(slice).image(slice.slice(), values, slot * layout.size() * layout.size());
    }
    HostFloats.fill(images, values);
  }

  private boolean add(
      TargetStoreWriter store, INDArray images, SliceSources sources, List<SliceRef> slices) {
    List<Said> said = slices.stream().map(slice -> new Said(layout)).toList();
    for (int k = 0; k < teachers.size(); k++) {
      FrozenNetwork.Outputs outputs = teachers.get(k).run(images);
      for (int slot = 0; slot < slices.size(); slot++) {
        if (!said.get(slot).take(k, slot, outputs)) {
          throw new BadInputException(
              "Teacher %d of %d gives a number that is not finite in %s: its training diverged."
                  .formatted(k + 1, teachers.size(), sources.name(slices.get(slot))),
              "Lower <learningRate> (-Dmskd.learningRate) and run the same goal again, which trains"
                  + " it anew; a model that is given as a file has to be another one.");
        }
      }
    }
    for (int slot = 0; slot < slices.size(); slot++) {
      if (!store.add(slices.get(slot), said.get(slot).margins, said.get(slot).features)) {
        return false;
      }
    }
    return true;
  }

  /** What all teachers say about one slice. */
  private static final class Said {
    private final int organs;
    private final float[] margins;
    private final List<float[][]> features = new ArrayList<>();

    Said(TargetLayout layout) {
      organs = layout.organs();
      margins = new float[layout.size() * layout.size() * organs];
      layout.levels().forEach(level -> features.add(new float[organs][]));
    }

    /** Takes over what teacher k says about a slot; false where a number is not finite. */
    boolean take(int k, int slot, FrozenNetwork.Outputs outputs) {
      float[] logits = slot(slot, outputs.logits());
      for (int pixel = 0; pixel < logits.length / 2; pixel++) {
        margins[pixel * organs + k] = logits[2 * pixel + 1] - logits[2 * pixel];
      }
      boolean finite = finite(logits);
      for (int i = 0; i < features.size(); i++) {
        features.get(i)[k] = slot(slot, outputs.features().get(i));
        finite &= finite(features.get(i)[k]);
      }
      return finite;
    }

    private static float[] slot(int slot, INDArray outputs) {
      float[] values = new float[(int) (outputs.length() / outputs.size(0))];
      try (HostFloats floats = HostFloats.read(outputs)) {
        floats.get(slot * values.length, values, values.length);
      }
      return values;
    }

    private static boolean finite(float[] values) {
      for (float value : values) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }
  }
}
