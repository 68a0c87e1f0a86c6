package org.mskd.discovery;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.discovery.Structures.Group;

/**
 * A folder of labels: the values in them, and the names of these values in {@code dataset.json}.
 *
 * @param folder the data set's folder
 * @param labelFolder its {@code labelsTr} or {@code labelsTs}
 * @param labelOf the labels by subject id
 * @param scan the values that they hold
 * @param json the description, if there is one
 * @param groups the organs that the description names; without values that no label holds, if all
 *     labels were read
 */
record LabelledFolder(
    SetFolder folder,
    Path labelFolder,
    Map<String, Path> labelOf,
    LabelScan scan,
    Optional<DatasetJson> json,
    List<Group> groups) {

  static LabelledFolder of(SetFolder folder, String part, Map<String, Path> labelOf) {
    LabelScan scan = LabelScan.of(labelOf);
    Optional<DatasetJson> json = folder.description();
    Map<String, SortedSet<Integer>> held = new LinkedHashMap<>();
    structures(json)
        .forEach(
            (name, values) -> {
              SortedSet<Integer> rest = held(values, scan);
              if (!rest.isEmpty()) {
                held.put(name, rest);
              }
            });
    return new LabelledFolder(
        folder, folder.directory().resolve(part), labelOf, scan, json, Structures.groups(held));
  }

  private static Map<String, SortedSet<Integer>> structures(Optional<DatasetJson> json) {
    return json.map(one -> one.labels().structures()).orElse(Map.of());
  }

  private static SortedSet<Integer> held(SortedSet<Integer> values, LabelScan scan) {
    SortedSet<Integer> held = new TreeSet<>(values);
    if (scan.complete()) {
      held.retainAll(scan.found());
    }
    return held;
  }

  /** The values of each name in the description. */
  Map<String, SortedSet<Integer>> structures() {
    return structures(json);
  }

  /** The organs that the description names, whether or not a label holds them. */
  List<Group> described() {
    return Structures.groups(structures());
  }

  /** The values that the labels hold, ascending, without 0 and {@link #ignored}. */
  SortedSet<Integer> found() {
    SortedSet<Integer> found = scan.found();
    found.removeAll(ignored());
    return found;
  }

  /**
   * The values that the description names {@code ignore}, ascending; without those that no label
   * holds, if all labels were read.
   */
  SortedSet<Integer> ignored() {
    return json.map(one -> held(one.labels().ignored(), scan)).orElse(new TreeSet<>());
  }

  /** The values that labels hold and the description does not name. */
  SortedSet<Integer> unnamed() {
    SortedSet<Integer> unnamed = found();
    for (SortedSet<Integer> named : structures().values()) {
      unnamed.removeAll(named);
    }
    return unnamed;
  }

  /** The first file that holds a value. */
  String example(int value) {
    return folder.directory().relativize(scan.values().get(value)).toString();
  }
}
