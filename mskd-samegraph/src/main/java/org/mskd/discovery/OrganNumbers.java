package org.mskd.discovery;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.discovery.Structures.Group;
import org.mskd.discovery.Structures.Named;

/** Which organ of an experiment each value means, by the names in a {@code dataset.json}. */
final class OrganNumbers {
  private OrganNumbers() {}

  /** Of the organs that are declared; values of others are left out. */
  static SortedMap<Integer, String> declared(List<Group> groups, List<String> organs) {
    return of(groups, organs, false);
  }

  /** Of all organs; those that are not declared have the names of the description. */
  static SortedMap<Integer, String> all(List<Group> groups, List<String> organs) {
    return of(groups, organs, true);
  }

  private static SortedMap<Integer, String> of(
      List<Group> groups, List<String> organs, boolean others) {
    SortedMap<Integer, String> organOf = new TreeMap<>();
    for (Group group : groups) {
      Optional<String> both = named(group.key(), organs);
      if (both.isPresent()) {
        group.values().forEach(value -> organOf.putIfAbsent(value, both.get()));
      } else {
        addParts(group, organs, others, organOf);
      }
    }
    return organOf;
  }

  /** Left and right as organs of their own; lesions are on neither side, and count as the first. */
  private static void addParts(
      Group group, List<String> organs, boolean others, SortedMap<Integer, String> organOf) {
    Optional<String> first = Optional.empty();
    for (Named part : group.parts()) {
      Optional<String> organ =
          named(OrganName.key(part.name()), organs)
              .or(() -> others ? Optional.of(name(part)) : Optional.empty());
      organ.ifPresent(name -> part.values().forEach(value -> organOf.putIfAbsent(value, name)));
      first = first.or(() -> organ);
    }
    first.ifPresent(
        name ->
            group.lesions().stream()
                .flatMap(lesion -> lesion.values().stream())
                .forEach(value -> organOf.putIfAbsent(value, name)));
  }

  private static String name(Named part) {
    return OrganName.allowed(part.name()).orElseGet(() -> "organ-" + part.values().first());
  }

  private static Optional<String> named(String key, List<String> organs) {
    return organs.stream().filter(organ -> OrganName.key(organ).equals(key)).findFirst();
  }
}
