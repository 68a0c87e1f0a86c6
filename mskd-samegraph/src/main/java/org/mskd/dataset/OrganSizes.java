package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * How many pixels the organs have in the slices of labelled scans. Where a network is trained on
 * patches, a pixel counts as often as there are places of the patch that contain it, each place
 * being as likely: the shares are those of the network's input.
 *
 * @param organs the organs of classes 1..K
 * @param pixels of each scan: pixels of the classes 0..K
 */
public record OrganSizes(List<String> organs, SortedMap<String, List<Long>> pixels) {
  private static final String REMEDY =
      "Delete it and run the same goal again, which writes a new one.";

  /**
   * @throws IllegalArgumentException if there is no scan, or one has no pixels, negative ones, or
   *     not those of all classes
   */
  public OrganSizes {
    organs = List.copyOf(organs);
    int classes = organs.size() + 1;
    SortedMap<String, List<Long>> copy = new TreeMap<>();
    pixels.forEach((scan, counts) -> copy.put(scan, List.copyOf(counts)));
    boolean whole =
        copy.values().stream()
            .allMatch(
                counts ->
                    counts.size() == classes
                        && counts.stream().allMatch(count -> count >= 0)
                        && counts.stream().anyMatch(count -> count > 0));
    if (copy.isEmpty() || !whole) {
      throw new IllegalArgumentException("sizes of " + organs + ": " + copy);
    }
    pixels = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * The pixels of one scan.
   *
   * @param channels for each class 1.. of its labels the class 1..K of that organ
   * @param organs K
   * @param side of the network's input, at most that of a slice
   */
  public static List<Long> of(SliceStore store, List<Integer> channels, int organs, int side) {
    int size = store.size();
    long[] places = places(size, side);
    long[] counts = new long[organs + 1];
    byte[] label = new byte[size * size];
    for (int slice = 0; slice < store.slices(); slice++) {
      store.label(slice, label, 0);
      for (int i = 0; i < label.length; i++) {
        int organ = label[i] > 0 ? channels.get(label[i] - 1) : 0;
        counts[organ] += places[i / size] * places[i % size];
      }
    }
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }

  /** How many places of a patch contain each position along an axis. */
  private static long[] places(int size, int side) {
    long[] places = new long[size];
    for (int x = 0; x < size; x++) {
      places[x] = Math.min(x, size - side) - Math.max(0, x - side + 1) + 1;
    }
    return places;
  }

  /**
   * The mean share of the pixels of each organ, each scan counting the same, as the sampler samples
   * the scan first.
   */
  public List<Double> shares() {
    List<Double> shares = new ArrayList<>();
    for (int k = 1; k <= organs.size(); k++) {
      double sum = 0;
      for (List<Long> counts : pixels.values()) {
        sum += (double) counts.get(k) / counts.stream().mapToLong(Long::longValue).sum();
      }
      shares.add(sum / pixels.size());
    }
    return shares;
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @throws BadInputException if the file is missing or not exactly that
   */
  public static OrganSizes read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadInputException(file + " is missing.", "Run the same goal again.");
      }
      String text = Files.readString(file);
      OrganSizes sizes = ExperimentJson.read(text, OrganSizes.class);
      if (sizes == null || !sizes.text().equals(text)) {
        throw damaged(file, "it does not have the form in which this program writes it", null);
      }
      return sizes;
    } catch (IllegalArgumentException e) {
      throw damaged(file, "its text is not valid", e);
    } catch (IOException e) {
      throw damaged(file, "it cannot be read (" + e + ")", e);
    }
  }

  private static BadInputException damaged(Path file, String why, Throwable cause) {
    return new BadInputException(
        file + " does not hold sizes of organs: " + why + ".", REMEDY, cause);
  }

  /** Writes it atomically; equal sizes give equal bytes. */
  public void write(Path file) {
    AtomicFile.writeText(file, text());
  }

  private String text() {
    return ExperimentJson.write(this) + "\n";
  }
}
