package org.mskd.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.benchmark.measure.Results;

/** Everything that was measured. */
final class Report {
  private final Map<Goal, Double> ratios = new EnumMap<>(Goal.class);
  private final SortedMap<String, Results> absolute = new TreeMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A line of the table.
   *
   * @param work what was done
   * @param ours our figure, with its unit
   * @param peer the peer's
   * @param ratio ours over the peer's, or what else is judged; NaN for none
   * @param goal what it is judged by; null for none
   */
  record Row(String work, String ours, String peer, double ratio, Goal goal) {}

  /** A line that is judged. Of a goal with several lines the worst one counts. */
  void judge(Goal goal, String work, String ours, String peer, double ratio) {
    rows.add(new Row(work, ours, peer, ratio, goal));
    ratios.merge(goal, ratio, Math::max);
  }

  /** A line that is only shown. */
  void show(String work, String ours, String peer, double ratio) {
    rows.add(new Row(work, ours, peer, ratio, null));
  }

  /** A sentence below the table. */
  void note(String text) {
    notes.add(text);
  }

  /** All figures of a work of a side. */
  void add(String name, Results results) {
    absolute.put(name, results);
  }

  void environment(String name, Object value) {
    environment.put(name, value.toString());
  }

  Map<Goal, Double> ratios() {
    return Collections.unmodifiableMap(ratios);
  }

  SortedMap<String, Results> absolute() {
    return Collections.unmodifiableSortedMap(absolute);
  }

  Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
