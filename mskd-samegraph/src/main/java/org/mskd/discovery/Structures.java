package org.mskd.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The structures that a {@code dataset.json} names, grouped into organs. */
final class Structures {
  private Structures() {}

  /** A name and its values. */
  record Named(String name, SortedSet<Integer> values) {}

  /**
   * An organ.
   *
   * @param parts the organ, or its left and right
   * @param lesions tumours and other lesions of it
   */
  record Group(List<Named> parts, List<Named> lesions) {
    /** For comparison, without left and right. */
    String key() {
      return OrganName.keyOfBothSides(parts.get(0).name());
    }

    SortedSet<Integer> values() {
      SortedSet<Integer> values = new TreeSet<>();
      Stream.concat(parts.stream(), lesions.stream()).forEach(s -> values.addAll(s.values()));
      return values;
    }

    /** The names of parts and lesions, in that order. */
    List<String> names() {
      return Stream.concat(parts.stream(), lesions.stream()).map(Named::name).toList();
    }

    /** The organ's name, without left and right where it has both. */
    String organ(String otherwise) {
      String name = parts.get(0).name();
      return (parts.size() > 1 ? OrganName.ofBothSides(name) : OrganName.allowed(name))
          .orElse(otherwise);
    }
  }

  /**
   * Groups structures. A region that lies within another one is a part of it. Left and right are
   * one group. A lesion belongs to the organ that its name includes, or to the only organ;
   * otherwise it is a structure of its own.
   */
  static List<Group> groups(Map<String, SortedSet<Integer>> named) {
    List<Named> all = new ArrayList<>();
    named.forEach((name, values) -> all.add(new Named(name, values)));
    List<Named> outer =
        IntStream.range(0, all.size())
            .filter(one -> !isWithinAnother(one, all))
            .mapToObj(all::get)
            .toList();
    List<Named> organs = outer.stream().filter(one -> !OrganName.isLesion(one.name())).toList();
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Named organ : organs.isEmpty() ? outer : organs) {
      group(OrganName.keyOfBothSides(organ.name()), groups).parts().add(organ);
    }
    List<Group> found = List.copyOf(groups.values());
    for (Named lesion : outer) {
      if (!organs.isEmpty() && OrganName.isLesion(lesion.name())) {
        organOf(lesion, found)
            .ifPresentOrElse(
                organ -> organ.lesions().add(lesion),
                () -> group(OrganName.key(lesion.name()), groups).parts().add(lesion));
      }
    }
    return List.copyOf(groups.values());
  }

  private static Group group(String key, Map<String, Group> groups) {
    return groups.computeIfAbsent(key, k -> new Group(new ArrayList<>(), new ArrayList<>()));
  }

  private static Optional<Group> organOf(Named lesion, List<Group> organs) {
    return organs.stream()
        .filter(organ -> organs.size() == 1 || OrganName.includes(lesion.name(), organ.key()))
        .findFirst();
  }

  /** Of regions with equal values, the first one stays. */
  private static boolean isWithinAnother(int one, List<Named> all) {
    Set<Integer> values = all.get(one).values();
    for (int other = 0; other < all.size(); other++) {
      Set<Integer> others = all.get(other).values();
      boolean larger = others.size() > values.size() || other < one;
      if (other != one && larger && others.containsAll(values)) {
        return true;
      }
    }
    return false;
  }
}
