package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.dataset.DatasetFolder;
import org.mskd.discovery.Structures.Group;

/**
 * A folder of labels: what they hold, and what {@code dataset.json} says of it.
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

  static LabelledFolder of(SetFolder folder, String part) {
    Path labelFolder = folder.directory().resolve(part);
    Map<String, Path> labelOf = DatasetFolder.labels(labelFolder);
    LabelScan scan = LabelScan.of(labelOf);
    Optional<DatasetJson> json = folder.description();
    Map<String, SortedSet<Integer>> held = new LinkedHashMap<>();
    structures(json)
        .forEach(
            (name, values) -> {
              SortedSet<Integer> rest = new TreeSet<>(values);
              if (scan.complete()) {
                rest.retainAll(scan.found());
              }
              if (!rest.isEmpty()) {
                held.put(name, rest);
              }
            });
    return new LabelledFolder(folder, labelFolder, labelOf, scan, json, Structures.groups(held));
  }

  private static Map<String, SortedSet<Integer>> structures(Optional<DatasetJson> json) {
    return json.map(DatasetJson::structures).orElse(Map.of());
  }

  /** The organs that the description names, whether or not a label holds them. */
  List<Group> described() {
    return Structures.groups(structures(json));
  }

  /** The values that labels hold and the description does not name. */
  SortedSet<Integer> unnamed() {
    SortedSet<Integer> unnamed = scan.found();
    for (SortedSet<Integer> named : structures(json).values()) {
      unnamed.removeAll(named);
    }
    return unnamed;
  }

  /** What holds for the folder, however it is used. */
  List<Remark> remarks() {
    List<Remark> remarks = new ArrayList<>(scan.problems());
    if (!scan.complete()) {
      remarks.add(
          Remark.note(
              "%d of %d labels were read, evenly spaced; the others may hold further values."
                  .formatted(scan.read(), scan.files())));
    }
    if (scan.complete()) {
      structures(json)
          .forEach(
              (name, values) -> {
                SortedSet<Integer> missing = new TreeSet<>(values);
                missing.removeAll(scan.found());
                if (!missing.isEmpty()) {
                  remarks.add(
                      Remark.note(
                          "dataset.json names the value %s %s, which no label holds."
                              .formatted(Words.list(missing), name)));
                }
              });
    }
    json.map(DatasetJson::channels).orElse(List.of()).stream()
        .filter(channel -> !channel.toUpperCase(Locale.ROOT).startsWith("CT"))
        .findFirst()
        .ifPresent(
            channel ->
                remarks.add(
                    Remark.check(
                        ("dataset.json calls the image channel '%s'. mskd is made for CT: the"
                                + " default of <window> is in HU.")
                            .formatted(channel))));
    return remarks;
  }

  /** The first file that holds a value. */
  String example(int value) {
    return folder.directory().relativize(scan.values().get(value)).toString();
  }
}
