package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.mskd.discovery.OverlapMatch.Reference;

/**
 * The labelled training sets. Those whose names or values show that they annotate one organ come
 * first; the values of the others are compared with their labels.
 */
final class TrainingSets {
  private final Map<String, FoundOrgan> organs = new LinkedHashMap<>();
  private final Map<String, Reference> references = new LinkedHashMap<>();
  private final List<FoundLabels> several = new ArrayList<>();
  private final List<Numbering> numberings = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Path root;

  /**
   * @param sets the folders with labels for training
   * @param images all folders of images that labels in another folder may belong to
   * @param root the folder of all data, for messages
   */
  TrainingSets(List<LabelledFolder> sets, List<Path> images, Path root) {
    this.root = root;
    List<LabelledFolder> others = new ArrayList<>();
    for (LabelledFolder set : sets) {
      if (set.found().isEmpty()) {
        leaveOut(set, noValues(set));
      } else {
        SingleOrgan.of(set).ifPresentOrElse(organ -> add(organ, set), () -> others.add(set));
      }
    }
    List<Reference> known = List.copyOf(references.values());
    for (LabelledFolder set : List.copyOf(others)) {
      Optional<FoundOrgan> assumed = SingleOrgan.assumed(set);
      if (assumed.isPresent() && organsIn(set, known) < 2) {
        add(assumed.get(), set);
        others.remove(set);
      }
    }
    for (LabelledFolder set : others) {
      addSeveral(set, images);
    }
  }

  private static long organsIn(LabelledFolder set, List<Reference> references) {
    return matched(set, references).values().stream().distinct().count();
  }

  private static SortedMap<Integer, String> matched(
      LabelledFolder set, List<Reference> references) {
    SortedMap<Integer, String> organOf = OverlapMatch.match(set.labelOf(), references);
    organOf.keySet().removeAll(set.ignored());
    return organOf;
  }

  private static String noValues(LabelledFolder set) {
    String ignored =
        set.ignored().isEmpty()
            ? ""
            : " and %s, which dataset.json names ignore".formatted(Words.list(set.ignored()));
    return "Its labels hold no value but 0%s, or cannot be read. %s"
        .formatted(ignored, Words.list(set.scan().problems().stream().map(Remark::text).toList()));
  }

  private void leaveOut(LabelledFolder set, String reason) {
    leftOut.add(new LeftOut(set.labelFolder(), reason.strip()));
  }

  /** An experiment has one set for each organ: the one with the most scans. */
  private void add(FoundOrgan organ, LabelledFolder set) {
    String key = OrganName.key(organ.organ());
    FoundOrgan other = organs.get(key);
    boolean smaller = other != null && other.scans() >= organ.scans();
    if (other != null) {
      leftOut.add(smaller ? second(organ, other) : second(other, organ));
    }
    if (smaller) {
      return;
    }
    organs.put(key, organ);
    references.put(key, new Reference(organ.organ(), set.labelOf(), Set.copyOf(organ.values())));
  }

  private LeftOut second(FoundOrgan organ, FoundOrgan larger) {
    return new LeftOut(
        organ.directory(),
        ("It annotates %s, as %s does with at least as many scans; each organ has one <dataset>."
                + " Put the scans of both in one folder to use all.")
            .formatted(organ.organ(), Words.below(root, larger.directory())));
  }

  private void addSeveral(LabelledFolder set, List<Path> images) {
    List<Remark> remarks = new ArrayList<>(LabelRemarks.training(set));
    SortedMap<Integer, String> organOf = organOf(set, remarks);
    numberings.add(new Numbering(set.labelFolder(), set.found(), organOf));
    SortedSet<Integer> unknown = set.found();
    unknown.removeAll(organOf.keySet());
    if (!unknown.isEmpty() && set.groups().isEmpty()) {
      leaveOut(
          set,
          ("Nothing shows which organs the label values %s mean. Name them in a dataset.json:"
                  + " \"labels\": {\"background\": 0, \"liver\": 1}.")
              .formatted(Words.list(unknown)));
      return;
    }
    for (int value : unknown) {
      remarks.add(
          Remark.check(
              ("%s holds the value %d, which dataset.json does not name, so the label is refused."
                      + " Add a <label> with its organ, or correct the label.")
                  .formatted(set.example(value), value)));
    }
    Optional<List<Path>> folders =
        set.folder()
            .part(SetFolder.IMAGES_TR)
            .map(List::of)
            .or(() -> ImagesOfLabels.find(set.labelOf(), images));
    if (folders.isEmpty()) {
      leaveOut(set, "Not every label has an image of the same name in the folders of images.");
      return;
    }
    several.add(
        new FoundLabels(
            set.folder().name(),
            folders.get(),
            set.labelFolder(),
            OrganValues.of(organOf),
            set.labelOf().size(),
            remarks));
  }

  private SortedMap<Integer, String> organOf(LabelledFolder set, List<Remark> remarks) {
    List<String> declared = organs.values().stream().map(FoundOrgan::organ).toList();
    if (!set.groups().isEmpty()) {
      return OrganNumbers.all(set.groups(), declared);
    }
    SortedMap<Integer, String> organOf = matched(set, List.copyOf(references.values()));
    if (!organOf.isEmpty()) {
      remarks.add(
          Remark.note(
              "The organ of each value was found by comparison with the single-organ labels of the"
                  + " same scans."));
    }
    return organOf;
  }

  /** The sets of one organ; in the order of the first multi-organ label, as far as it has them. */
  List<FoundOrgan> organs() {
    List<FoundOrgan> sorted = new ArrayList<>(organs.values());
    if (!numberings.isEmpty()) {
      List<String> order =
          OrganValues.of(numberings.get(0).organOf()).stream().map(OrganValues::organ).toList();
      sorted.sort(
          Comparator.comparing(
              organ ->
                  order.contains(organ.organ()) ? order.indexOf(organ.organ()) : order.size()));
    }
    return sorted;
  }

  List<FoundLabels> several() {
    return several;
  }

  List<Numbering> numberings() {
    return numberings;
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }
}
