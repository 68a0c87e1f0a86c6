package org.mskd.method;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceRef;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.loss.Margins;
import org.mskd.problem.BadInputException;
import org.mskd.targets.SliceBlock;
import org.mskd.targets.TargetLayout;
import org.mskd.targets.TargetStoreWriter;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.SliceSources;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs frozen teachers once on slices without augmentation, and stores their outputs. */
public final class TargetRecorder {
  private final List<FrozenNetwork> teachers;
  private final TargetLayout layout;

  /**
   * @param teachers one per organ, all of one batch size, with the layout's features; closed by the
   *     caller
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
   * @param digest identifies the teachers
   * @param maxBytes the largest size of the file
   * @param sources of the slices
   * @param slices which, ascending, each once
   * @param progress receives the number of slices done, after each batch
   * @return false if the store would be larger; then nothing is left of it
   * @throws BadInputException if a teacher output is NaN or infinite, or the disk is full
   */
  public boolean record(
      Path file,
      String digest,
      long maxBytes,
      SliceSources sources,
      List<SliceRef> slices,
      IntConsumer progress) {
    int batch = teachers.get(0).batch();
    NeighbourSlices reader = new NeighbourSlices(sources.neighbours());
    try (TargetStoreWriter store = TargetStoreWriter.create(file, layout, digest, maxBytes);
        INDArray images =
            Nd4j.create(DataType.FLOAT, batch, layout.size(), layout.size(), reader.channels())) {
      for (int first = 0; first < slices.size(); first += batch) {
        List<SliceRef> some = slices.subList(first, Math.min(slices.size(), first + batch));
        fill(images, sources, some, reader);
        if (!add(store, images, sources, some)) {
          return false;
        }
        progress.accept(first + some.size());
      }
      store.finish();
      return true;
    }
  }

  private static void fill(
      INDArray images, SliceSources sources, List<SliceRef> slices, NeighbourSlices reader) {
    float[] values = new float[(int) images.length()];
    // Slots behind the last slice are filled with air.
    Arrays.fill(values, -1);
    int length = values.length / (int) images.size(0);
    for (int slot = 0; slot < slices.size(); slot++) {
      SliceRef slice = slices.get(slot);
      reader.read(sources.store(slice), slice.slice(), values, slot * length);
    }
    HostFloats.fill(images, values);
  }

  private boolean add(
      TargetStoreWriter store, INDArray images, SliceSources sources, List<SliceRef> slices) {
    List<SliceBlock> blocks = slices.stream().map(slice -> new SliceBlock(layout)).toList();
    for (int k = 0; k < teachers.size(); k++) {
      encode(k, teachers.get(k).run(images), blocks, sources, slices);
    }
    for (int slot = 0; slot < slices.size(); slot++) {
      if (!store.add(slices.get(slot), blocks.get(slot))) {
        return false;
      }
    }
    return true;
  }

  /** Encodes the outputs of teacher k, slot by slot on all threads. */
  private void encode(
      int k,
      FrozenNetwork.Outputs outputs,
      List<SliceBlock> blocks,
      SliceSources sources,
      List<SliceRef> slices) {
    try (TeacherOutput output = new TeacherOutput(outputs)) {
      Kernels.parallel(
          blocks.size(),
          slot -> {
            if (!blocks.get(slot).add(k, output.margins(slot), output.features(slot))) {
              throw new BadInputException(
                  "Teacher %d of %d has a NaN or infinite output in %s: its training diverged."
                      .formatted(k + 1, teachers.size(), sources.name(slices.get(slot))),
                  "Lower <learningRate> and run the same goal again, which"
                      + " trains it again. If it is a given <model> of a <teacher>, give another"
                      + " one.");
            }
          });
    }
  }

  /** The outputs of one teacher for a batch, read from the tensors without a copy. */
  private static final class TeacherOutput implements AutoCloseable {
    private final int area;
    private final HostFloats logits;
    private final List<INDArray> maps;
    private final List<HostFloats> features;

    TeacherOutput(FrozenNetwork.Outputs outputs) {
      area = (int) (outputs.logits().size(1) * outputs.logits().size(2));
      logits = HostFloats.read(outputs.logits());
      maps = outputs.features();
      features = maps.stream().map(HostFloats::read).toList();
    }

    float[] margins(int slot) {
      float[] values = new float[2 * area];
      logits.get(slot * values.length, values, values.length);
      float[] margins = new float[area];
      Margins.of(values, area, margins, 0, 1);
      return margins;
    }

    SliceBlock.Features features(int slot) {
      return (level, position, channels) -> {
        int positions = (int) (maps.get(level).size(1) * maps.get(level).size(2));
        int at = (slot * positions + position) * channels.length;
        features.get(level).get(at, channels, channels.length);
      };
    }

    @Override
    public void close() {
      logits.close();
      features.forEach(HostFloats::close);
    }
  }
}
