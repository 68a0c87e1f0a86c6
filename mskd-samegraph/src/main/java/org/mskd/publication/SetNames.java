package org.mskd.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.model.ModelCard;

/**
 * The names of data sets in the provenance of a model that is packaged. A data set of one organ is
 * named after it, which the card says anyway. Any other name is the user's own.
 *
 * @param published the names that may be published
 */
record SetNames(List<String> published) {
  /** The input that lists the names of the data sets, {@code [liver, archive]}. */
  private static final String SOURCES = "sources";

  /** The provenance with {@code set-NUMBER} for each name that may not be published. */
  SortedMap<String, String> provenance(ModelCard card) {
    Map<String, String> names = numbered(card);
    SortedMap<String, String> provenance = new TreeMap<>();
    card.provenance().forEach((key, value) -> provenance.put(renamed(key, names), value));
    if (!names.isEmpty()) {
      provenance.put(SOURCES, names.values().toString());
    }
    return provenance;
  }

  /** What each data set is called, in the order of the training. */
  private Map<String, String> numbered(ModelCard card) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : names(card.provenance().getOrDefault(SOURCES, ""))) {
      boolean kept = published.contains(name) || card.organs().contains(name);
      names.put(name, kept ? name : "set-" + (names.size() + 1));
    }
    return names;
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    if (list.startsWith("[") && list.endsWith("]") && list.length() > 2) {
      names.addAll(List.of(list.substring(1, list.length() - 1).split(", ")));
    }
    return names;
  }

  /** A key such as {@code prepared.archive} ends with the name of a data set. */
  private static String renamed(String key, Map<String, String> names) {
    int dot = key.indexOf('.');
    String name = key.substring(dot + 1);
    return dot > 0 && names.containsKey(name) ? key.substring(0, dot + 1) + names.get(name) : key;
  }
}
