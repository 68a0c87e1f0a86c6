package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;

/** The test sets, and what the values of their labels mean. */
final class TestSets {
  private final List<FoundOrgan> singles;
  private final List<String> organs;
  private final List<Numbering> numberings;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Path root;

  /**
   * @param singles the training sets of one organ
   * @param organs all organs of the experiment, in their order
   * @param numberings the meaning of values in multi-organ labels for training
   * @param root the folder of all data, for messages
   */
  TestSets(List<FoundOrgan> singles, List<String> organs, List<Numbering> numberings, Path root) {
    this.root = root;
    this.singles = singles;
    this.organs = organs;
    this.numberings = numberings;
  }

  /** The set with the most organs, of those the one with the most scans; others are left out. */
  Optional<FoundTest> best(List<LabelledFolder> sets) {
    List<FoundTest> found = new ArrayList<>();
    sets.forEach(set -> test(set).ifPresent(found::add));
    found.sort(
        Comparator.comparing((FoundTest test) -> -test.organs().size())
            .thenComparing(test -> -test.scans()));
    found.stream()
        .skip(1)
        .forEach(
            other ->
                leftOut.add(
                    new LeftOut(
                        other.directory(),
                        "A second test set, with labels of %s. An experiment has one; %s has at least as many organs."
                            .formatted(
                                Words.list(
                                    other.organs().stream().map(OrganValues::organ).toList()),
                                Words.below(root, found.get(0).directory())))));
    return found.stream().findFirst();
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }

  private Optional<FoundTest> test(LabelledFolder set) {
    List<Remark> remarks = new ArrayList<>(LabelRemarks.test(set));
    SortedMap<Integer, String> organOf = organOf(set, remarks);
    organOf.keySet().removeAll(set.ignored());
    SortedSet<Integer> found = set.found();
    if (set.scan().complete()) {
      organOf.keySet().retainAll(found);
    }
    if (organOf.isEmpty()) {
      leftOut.add(
          new LeftOut(
              set.labelFolder(),
              "Its labels annotate none of the organs of the training data. "
                  + Words.list(set.scan().problems().stream().map(Remark::text).toList())));
      return Optional.empty();
    }
    found.removeAll(organOf.keySet());
    if (!found.isEmpty()) {
      remarks.add(Remark.note(background(set, found)));
    }
    SortedSet<Integer> ignored = set.ignored();
    if (!ignored.isEmpty()) {
      remarks.add(
          Remark.note(
              "dataset.json names the value %s ignore: the voxels are left out of the scores."
                  .formatted(Words.list(ignored))));
    }
    List<String> missing = new ArrayList<>(organs);
    missing.removeAll(organOf.values());
    if (!missing.isEmpty()) {
      remarks.add(
          Remark.note("Without labels, so without scores: %s.".formatted(Words.list(missing))));
    }
    Path directory = set.folder().directory();
    Problems.of(() -> DatasetFolder.test(directory)).ifPresent(remarks::add);
    return Optional.of(
        new FoundTest(
            directory,
            OrganValues.of(organOf),
            List.copyOf(found),
            List.copyOf(ignored),
            set.labelOf().size(),
            remarks));
  }

  private static String background(LabelledFolder set, SortedSet<Integer> values) {
    List<Structures.Named> named =
        set.structures().entrySet().stream()
            .filter(one -> values.containsAll(one.getValue()))
            .map(one -> new Structures.Named(one.getKey(), one.getValue()))
            .toList();
    return "Values that mean none of the organs count as background: "
        + (named.isEmpty() ? Words.list(values) : Words.named(named))
        + ".";
  }

  /**
   * By names; else as the training labels of the same folder, or of the same values; else by order.
   */
  private SortedMap<Integer, String> organOf(LabelledFolder set, List<Remark> remarks) {
    SortedMap<Integer, String> named = OrganNumbers.declared(set.groups(), organs);
    if (!named.isEmpty()) {
      remarks.add(Remark.note("The values are those of dataset.json."));
      return named;
    }
    SortedSet<Integer> found = set.found();
    Optional<FoundOrgan> single =
        singles.stream()
            .filter(one -> one.directory().equals(set.folder().directory()))
            .filter(one -> one.values().containsAll(found))
            .findFirst();
    if (single.isPresent()) {
      SortedMap<Integer, String> organOf = new TreeMap<>();
      single.get().values().forEach(value -> organOf.put(value, single.get().organ()));
      return organOf;
    }
    Optional<Numbering> same =
        numberings.stream()
            .filter(one -> !one.organOf().isEmpty() && one.values().containsAll(found))
            .findFirst();
    if (same.isPresent()) {
      remarks.add(
          Remark.note(
              "The values are assumed to be those of %s."
                  .formatted(Words.below(root, same.get().labelFolder()))));
      return new TreeMap<>(same.get().organOf());
    }
    return byOrder(found, remarks);
  }

  private SortedMap<Integer, String> byOrder(SortedSet<Integer> found, List<Remark> remarks) {
    SortedMap<Integer, String> organOf = new TreeMap<>();
    for (int value : found) {
      if (value <= organs.size()) {
        organOf.put(value, organs.get(value - 1));
      }
    }
    remarks.add(
        Remark.check(
            "Assumption: the organs are numbered in the order of <datasets>. No dataset.json and no"
                + " other label shows what the values mean. Check each <value>: with wrong values"
                + " all scores are wrong."));
    return organOf;
  }
}
