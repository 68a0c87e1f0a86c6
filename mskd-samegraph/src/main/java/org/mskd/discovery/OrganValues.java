package org.mskd.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The values that mean one organ in the labels of a data set.
 *
 * @param organ a name that {@code <organ>} allows
 * @param values label values, ascending; several where a label separates parts, such as sides
 */
public record OrganValues(String organ, List<Integer> values) {
  public OrganValues {
    values = List.copyOf(values);
  }

  /** One for each organ, in the order of the lowest values. */
  static List<OrganValues> of(SortedMap<Integer, String> organOf) {
    Map<String, List<Integer>> valuesOf = new LinkedHashMap<>();
    organOf.forEach(
        (value, organ) -> valuesOf.computeIfAbsent(organ, o -> new ArrayList<>()).add(value));
    return valuesOf.entrySet().stream()
        .map(organ -> new OrganValues(organ.getKey(), organ.getValue()))
        .toList();
  }
}
