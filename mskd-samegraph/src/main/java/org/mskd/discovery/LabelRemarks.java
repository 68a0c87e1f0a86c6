package org.mskd.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mskd.discovery.Structures.Group;

/** Remarks on a folder of labels that do not depend on the organs of the experiment. */
final class LabelRemarks {
  private LabelRemarks() {}

  /** Of labels for training, which cannot have ignored values. */
  static List<Remark> training(LabelledFolder set) {
    List<Remark> remarks = test(set);
    for (int value : set.ignored()) {
      boolean seen = set.scan().values().containsKey(value);
      remarks.add(
          Remark.check(
              ("dataset.json names the value %d ignore. Training has no <ignoreValues>, so labels"
                      + " that hold the value are refused%s. Declare"
                      + " <backgroundValues>%d</backgroundValues> in this <dataset> only if those"
                      + " voxels are background; otherwise correct the labels.")
                  .formatted(value, seen ? ", such as " + set.example(value) : "", value)));
    }
    return remarks;
  }

  /** Of labels for testing. */
  static List<Remark> test(LabelledFolder set) {
    List<Remark> remarks = new ArrayList<>(set.scan().problems());
    set.json().ifPresent(json -> remarks.addAll(json.labels().remarks()));
    if (set.scan().complete()) {
      set.structures().forEach((name, values) -> addMissing(set, name, values, remarks));
    } else {
      remarks.add(
          Remark.note(
              "%d of %d labels were read, evenly spaced; the others may hold further values."
                  .formatted(set.scan().read(), set.scan().files())));
    }
    addOverlaps(set.groups(), remarks);
    set.json().map(DatasetJson::channels).orElse(List.of()).stream()
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

  private static void addMissing(
      LabelledFolder set, String name, SortedSet<Integer> values, List<Remark> remarks) {
    SortedSet<Integer> missing = new TreeSet<>(values);
    missing.removeAll(set.scan().found());
    if (!missing.isEmpty()) {
      remarks.add(
          Remark.note(
              "dataset.json names the value %s %s, which no label holds."
                  .formatted(Words.list(missing), name)));
    }
  }

  /** Regions of nnU-Net v2 may share values; a declared label value means one organ. */
  private static void addOverlaps(List<Group> groups, List<Remark> remarks) {
    Map<Integer, List<String>> organsOf = new TreeMap<>();
    for (Group group : groups) {
      String organ = group.parts().get(0).name();
      group
          .values()
          .forEach(value -> organsOf.computeIfAbsent(value, v -> new ArrayList<>()).add(organ));
    }
    // All values that the same organs share are in one remark.
    Map<List<String>, SortedSet<Integer>> shared = new LinkedHashMap<>();
    organsOf.forEach(
        (value, organs) -> {
          if (organs.size() > 1) {
            shared.computeIfAbsent(organs, o -> new TreeSet<>()).add(value);
          }
        });
    shared.forEach(
        (organs, values) ->
            remarks.add(
                Remark.check(
                    ("dataset.json has the value %s for several organs: %s. A declared value"
                            + " means one organ: check which one it is declared for.")
                        .formatted(Words.list(values), Words.list(organs)))));
  }
}
