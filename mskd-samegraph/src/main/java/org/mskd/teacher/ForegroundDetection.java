package org.mskd.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.SliceRef;
import org.mskd.problem.BadInputException;
import org.mskd.training.SliceSources;

/**
 * Which slices of unlabelled scans show an organ, and where: a pixel counts where any teacher
 * predicts its organ, which it does where its margin is above 0.
 */
public final class ForegroundDetection {
  private final SliceTeachers teachers;
  private final SliceSources sources;

  /**
   * @param sources the scans, of one source
   */
  public ForegroundDetection(SliceTeachers teachers, SliceSources sources) {
    this.teachers = teachers;
    this.sources = sources;
  }

  /**
   * @param subject from 0
   * @return by slice the positions {@code row * size + column} of organ pixels, ascending, at most
   *     {@value ForegroundIndex#MOST}, evenly picked among all; slices without one are left out
   * @throws BadInputException if a margin is NaN or infinite
   */
  public SortedMap<Integer, List<Integer>> organPixels(int subject) {
    int slices = sources.store(new SliceRef(0, subject, 0)).slices();
    SortedMap<Integer, List<Integer>> found = new TreeMap<>();
    for (int first = 0; first < slices; first += teachers.batch()) {
      List<SliceRef> some =
          IntStream.range(first, Math.min(slices, first + teachers.batch()))
              .mapToObj(slice -> new SliceRef(0, subject, slice))
              .toList();
      boolean[][] organs = organs(some);
      for (int slot = 0; slot < organs.length; slot++) {
        List<Integer> pixels = picked(organs[slot]);
        if (!pixels.isEmpty()) {
          found.put(first + slot, pixels);
        }
      }
    }
    return found;
  }

  /** For each slice and pixel whether any teacher predicts its organ. */
  private boolean[][] organs(List<SliceRef> slices) {
    boolean[][] organs = new boolean[slices.size()][sources.size() * sources.size()];
    for (SliceTeacher teacher : teachers.each()) {
      try (SliceTeacher.Output output = teacher.run(sources, slices)) {
        for (int slot = 0; slot < organs.length; slot++) {
          float[] margins = output.margins(slot);
          for (int i = 0; i < margins.length; i++) {
            if (!Float.isFinite(margins[i])) {
              throw diverged(teacher, margins[i], slices.get(slot));
            }
            organs[slot][i] |= margins[i] > 0;
          }
        }
      }
    }
    return organs;
  }

  private BadInputException diverged(SliceTeacher teacher, float margin, SliceRef slice) {
    return new BadInputException(
        "The teacher of %s gives %s as a score in slice %d of %s: its training diverged."
            .formatted(teacher.organ(), margin, slice.slice(), sources.store(slice).id()),
        "If it was trained by this experiment, lower <learningRate> and run the same goal again,"
            + " which trains it again. If it is a given <model>, give another one.");
  }

  /** All pixels, or the middles of {@value ForegroundIndex#MOST} equal parts of them. */
  private static List<Integer> picked(boolean[] organ) {
    int[] pixels = IntStream.range(0, organ.length).filter(i -> organ[i]).toArray();
    List<Integer> picked = new ArrayList<>();
    int kept = Math.min(pixels.length, ForegroundIndex.MOST);
    for (int i = 0; i < kept; i++) {
      picked.add(pixels[(int) ((2L * i + 1) * pixels.length / (2 * kept))]);
    }
    return picked;
  }
}
