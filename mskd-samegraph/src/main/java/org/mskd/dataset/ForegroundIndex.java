package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * Where teachers predict organs in volumes without labels: used in place of the labels where a
 * batch must show an organ.
 *
 * @param organPixels subject id, then slice, then up to {@value #MOST} pixels {@code y * size + x}
 *     that any teacher predicts as organ, ascending; slices without one are left out
 */
public record ForegroundIndex(SortedMap<String, SortedMap<Integer, List<Integer>>> organPixels) {
  /** Pixels that are kept of a slice. */
  public static final int MOST = 64;

  /** Bytes of the largest file that is read: half a million slices. */
  private static final long LARGEST = 1L << 28;

  private static final String REMEDY =
      "Delete it and run the same goal again, which writes a new one.";

  /**
   * @throws IllegalArgumentException if slices or pixels are negative, or a slice's pixels are
   *     none, too many or not ascending
   */
  public ForegroundIndex {
    SortedMap<String, SortedMap<Integer, List<Integer>>> subjects = new TreeMap<>();
    organPixels.forEach((id, slices) -> subjects.put(id, checked(id, slices)));
    organPixels = Collections.unmodifiableSortedMap(subjects);
  }

  private static SortedMap<Integer, List<Integer>> checked(
      String id, Map<Integer, List<Integer>> slices) {
    SortedMap<Integer, List<Integer>> copy = new TreeMap<>();
    slices.forEach(
        (slice, pixels) -> {
          if (slice < 0 || pixels.isEmpty() || pixels.size() > MOST || !ascending(pixels)) {
            throw new IllegalArgumentException(
                "slice " + slice + " of " + id + " has the pixels " + pixels);
          }
          copy.put(slice, List.copyOf(pixels));
        });
    return Collections.unmodifiableSortedMap(copy);
  }

  /** Ascending from 0 or more. */
  private static boolean ascending(List<Integer> pixels) {
    int previous = -1;
    for (int pixel : pixels) {
      if (pixel <= previous) {
        return false;
      }
      previous = pixel;
    }
    return true;
  }

  /**
   * Checks that every slice and pixel lies in a store.
   *
   * @throws BadInputException if a slice or a pixel lies beyond them
   */
  public void requireFits(SliceStore store) {
    String id = store.subject().id();
    slicesOf(id)
        .forEach(
            (slice, pixels) -> {
              int last = pixels.get(pixels.size() - 1);
              if (slice >= store.slices() || last >= store.size() * store.size()) {
                throw new BadInputException(
                    "The foreground index of the teachers' organs names pixel %d in slice %d of %s, which has"
                            .formatted(last, slice, id)
                        + " %d slices of %d x %d pixels."
                            .formatted(store.slices(), store.size(), store.size()),
                    "Run mskd:prepare again, then the same goal.");
              }
            });
  }

  /** The slices of a subject that show an organ, ascending. */
  public int[] slices(String subject) {
    return slicesOf(subject).keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The pixels of a slice, {@code y * size + x}; none where no teacher predicts an organ. */
  public IntStream pixels(String subject, int slice) {
    return slicesOf(subject).getOrDefault(slice, List.of()).stream().mapToInt(Integer::intValue);
  }

  private SortedMap<Integer, List<Integer>> slicesOf(String subject) {
    return organPixels.getOrDefault(subject, Collections.emptySortedMap());
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @throws BadInputException if the file is missing, too large or not exactly a foreground
   */
  public static ForegroundIndex read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadInputException(file + " is missing.", "Run the same goal again.");
      }
      if (Files.size(file) > LARGEST) {
        throw damaged(file, "it has " + Files.size(file) + " bytes", null);
      }
      String text = Files.readString(file);
      ForegroundIndex foreground = ExperimentJson.read(text, ForegroundIndex.class);
      if (foreground == null || !foreground.text().equals(text)) {
        throw damaged(file, "it does not have the form in which this program writes it", null);
      }
      return foreground;
    } catch (IllegalArgumentException e) {
      throw damaged(file, "its text is not valid", e);
    } catch (IOException e) {
      throw damaged(file, "it cannot be read (" + e + ")", e);
    }
  }

  private static BadInputException damaged(Path file, String why, Throwable cause) {
    return new BadInputException(file + " is not a foreground index: " + why + ".", REMEDY, cause);
  }

  /** Writes it atomically; equal indices give equal bytes. */
  public void write(Path file) {
    AtomicFile.writeText(file, text());
  }

  private String text() {
    return ExperimentJson.write(this) + "\n";
  }
}
