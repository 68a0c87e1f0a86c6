package org.mskd.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A history in at most a given number of points, for charts. A point is the mean over as many
 * successive iterations, all of the same number but for the last point.
 *
 * @param iterations how many iterations the history has
 * @param each of how many iterations a point is the mean
 * @param at the last iteration of each point
 * @param series the values of each point by name: {@value #LOSS}, {@value #LEARNING_RATE}, {@value
 *     #GRADIENT_NORM}, {@code loss.TERM} for each term, and {@code dice.ORGAN} for each organ that
 *     was scored on held-out subjects: its latest score, NaN before the first one
 */
public record TrainingCurves(
    int iterations, int each, List<Integer> at, SortedMap<String, List<Double>> series) {
  public static final String LOSS = "loss";
  public static final String LEARNING_RATE = "learningRate";
  public static final String GRADIENT_NORM = "gradientNorm";

  /** Begins the names of the scores on held-out subjects. */
  public static final String DICE = "dice";

  public TrainingCurves {
    at = List.copyOf(at);
    series = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, List<Double>>) series));
  }

  /**
   * Reads the history of a network.
   *
   * @param most the largest number of points, at least 1
   * @throws org.mskd.problem.BadInputException if it cannot be read
   */
  public static TrainingCurves read(Path history, int most) {
    int[] lines = {0};
    HistoryFile.read(history, line -> lines[0]++);
    int each = Math.max(1, (lines[0] + most - 1) / most);
    Averages averages = new Averages(each);
    HistoryFile.read(history, averages::add);
    return averages.curves();
  }

  /** Means over successive lines. */
  private static final class Averages {
    private final int each;
    private final List<Integer> at = new ArrayList<>();
    private final SortedMap<String, List<Double>> series = new TreeMap<>();
    private final SortedMap<String, Double> sums = new TreeMap<>();
    private final SortedMap<String, Double> latest = new TreeMap<>();
    private int lines;
    private int pending;
    private int last;

    Averages(int each) {
      this.each = each;
    }

    void add(HistoryLine line) {
      sums.merge(LOSS, line.loss(), Double::sum);
      sums.merge(LEARNING_RATE, line.learningRate(), Double::sum);
      sums.merge(GRADIENT_NORM, line.gradientNorm(), Double::sum);
      line.terms().forEach((term, value) -> sums.merge(LOSS + "." + term, value, Double::sum));
      line.validation().forEach((organ, dice) -> latest.put(DICE + "." + organ, dice));
      last = line.iteration();
      lines++;
      pending++;
      if (pending == each) {
        point();
      }
    }

    private void point() {
      at.add(last);
      sums.forEach(
          (name, sum) -> series.computeIfAbsent(name, one -> new ArrayList<>()).add(sum / pending));
      latest.forEach((name, dice) -> series.computeIfAbsent(name, one -> unscored()).add(dice));
      sums.clear();
      pending = 0;
    }

    /** The points before the first score. */
    private List<Double> unscored() {
      return new ArrayList<>(Collections.nCopies(at.size() - 1, Double.NaN));
    }

    TrainingCurves curves() {
      if (pending > 0) {
        point();
      }
      return new TrainingCurves(lines, each, at, series);
    }
  }
}
