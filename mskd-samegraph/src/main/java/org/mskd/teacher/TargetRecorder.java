package org.mskd.teacher;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.mskd.dataset.SliceRef;
import org.mskd.graph.kernel.Kernels;
import org.mskd.problem.BadInputException;
import org.mskd.targets.SliceBlock;
import org.mskd.targets.TargetLayout;
import org.mskd.targets.TargetStoreWriter;
import org.mskd.training.SliceSources;

/** Runs frozen teachers once on slices without augmentation, and stores their outputs. */
public final class TargetRecorder {
  private final SliceTeachers teachers;
  private final TargetLayout layout;

  /**
   * @param teachers one per organ, with the layout's features; closed by the caller
   * @param layout of the store
   */
  public TargetRecorder(SliceTeachers teachers, TargetLayout layout) {
    this.teachers = teachers;
    this.layout = layout;
    if (teachers.each().size() != layout.organs()) {
      throw new IllegalArgumentException(teachers.each().size() + " teachers for " + layout);
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
    int batch = teachers.batch();
    try (TargetStoreWriter store = TargetStoreWriter.create(file, layout, digest, maxBytes)) {
      for (int first = 0; first < slices.size(); first += batch) {
        List<SliceRef> some = slices.subList(first, Math.min(slices.size(), first + batch));
        if (!add(store, sources, some)) {
          return false;
        }
        progress.accept(first + some.size());
      }
      store.finish();
      return true;
    }
  }

  private boolean add(TargetStoreWriter store, SliceSources sources, List<SliceRef> slices) {
    List<SliceBlock> blocks = slices.stream().map(slice -> new SliceBlock(layout)).toList();
    for (int k = 0; k < layout.organs(); k++) {
      encode(k, blocks, sources, slices);
    }
    for (int slot = 0; slot < slices.size(); slot++) {
      if (!store.add(slices.get(slot), blocks.get(slot))) {
        return false;
      }
    }
    return true;
  }

  /** Encodes the outputs of teacher k, slot by slot on all threads. */
  private void encode(int k, List<SliceBlock> blocks, SliceSources sources, List<SliceRef> slices) {
    try (SliceTeacher.Output output = teachers.each().get(k).run(sources, slices)) {
      Kernels.parallel(
          blocks.size(),
          slot -> {
            if (!blocks.get(slot).add(k, output.margins(slot), output.features(slot))) {
              throw new BadInputException(
                  "Teacher %d of %d has a NaN or infinite output in %s: its training diverged."
                      .formatted(k + 1, layout.organs(), sources.name(slices.get(slot))),
                  "Lower <learningRate> and run the same goal again, which"
                      + " trains it again. If it is a given <model> of a <teacher>, give another"
                      + " one.");
            }
          });
    }
  }
}
