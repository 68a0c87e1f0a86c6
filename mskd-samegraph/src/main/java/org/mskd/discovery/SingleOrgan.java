package org.mskd.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.mskd.discovery.Structures.Group;

/** Decides whether labels annotate one organ, and which one. */
final class SingleOrgan {
  private SingleOrgan() {}

  /**
   * The organ, if {@code dataset.json} names one, or the labels hold one value. Empty for a set
   * without images of its own.
   */
  static Optional<FoundOrgan> of(LabelledFolder set) {
    SortedSet<Integer> found = set.found();
    if (set.folder().part(SetFolder.IMAGES_TR).isEmpty() || found.isEmpty()) {
      return Optional.empty();
    }
    if (set.groups().size() == 1) {
      return Optional.of(described(set, set.groups().get(0)));
    }
    if (!set.groups().isEmpty() || found.size() > 1) {
      return Optional.empty();
    }
    List<Group> described = set.described();
    String organ = described.size() == 1 ? name(described.get(0), set) : nameOfFolder(set);
    List<Remark> remarks = new ArrayList<>(LabelRemarks.training(set));
    if (!described.isEmpty()) {
      remarks.add(
          Remark.check(
              "Assumption: the value %s means %s, although dataset.json does not name it."
                  .formatted(Words.list(found), organ)));
    }
    return Optional.of(found(organ, set, found, remarks));
  }

  /** The set as one of the organ that its folder is named after: all values mean the organ. */
  static Optional<FoundOrgan> assumed(LabelledFolder set) {
    String organ = nameOfFolder(set);
    if (set.folder().part(SetFolder.IMAGES_TR).isEmpty()
        || !set.groups().isEmpty()
        || !OrganName.isKnownOrgan(organ)) {
      return Optional.empty();
    }
    SortedSet<Integer> found = set.found();
    List<Remark> remarks = new ArrayList<>(LabelRemarks.training(set));
    remarks.add(
        Remark.check(
            ("Assumption: all values (%s) mean %s, such as the organ and its tumours, or left and"
                    + " right. No dataset.json names them.")
                .formatted(Words.list(found), organ)));
    return Optional.of(found(organ, set, found, remarks));
  }

  private static FoundOrgan described(LabelledFolder set, Group group) {
    String organ = name(group, set);
    List<Remark> remarks = new ArrayList<>(LabelRemarks.training(set));
    if (group.names().size() > 1) {
      List<Structures.Named> all = new ArrayList<>(group.parts());
      all.addAll(group.lesions());
      remarks.add(
          Remark.note("Labels: %s. All of them count as %s.".formatted(Words.named(all), organ)));
    }
    for (int value : set.unnamed()) {
      remarks.add(
          Remark.check(
              ("%s holds the value %d, which dataset.json does not name, so the label is refused."
                      + " Add the value to <labelValues> if it means %s, or correct the label.")
                  .formatted(set.example(value), value, organ)));
    }
    return found(organ, set, group.values(), remarks);
  }

  private static FoundOrgan found(
      String organ, LabelledFolder set, SortedSet<Integer> values, List<Remark> remarks) {
    return new FoundOrgan(
        organ, set.folder().directory(), List.copyOf(values), set.labelOf().size(), remarks);
  }

  /** A name such as label or foreground is that of no organ: the folder's name is used. */
  private static String name(Group group, LabelledFolder set) {
    String folder = nameOfFolder(set);
    return OrganName.isGeneral(group.parts().get(0).name()) ? folder : group.organ(folder);
  }

  private static String nameOfFolder(LabelledFolder set) {
    return OrganName.ofFolder(set.folder().name()).orElse("organ");
  }
}
