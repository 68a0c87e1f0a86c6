package org.mskd.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that JSON represents without change: text, truth values, {@code Long}, finite {@code
 * Double}, and lists and sorted maps of them, all immutable.
 */
final class PlainValues {
  private PlainValues() {}

  /** A copy of a map with each value brought to its plain form. */
  static SortedMap<String, Object> map(Map<?, ?> values) {
    SortedMap<String, Object> plain = new TreeMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("key " + entry.getKey() + " is not text");
      }
      plain.put(key, plain(key, entry.getValue()));
    }
    return Collections.unmodifiableSortedMap(plain);
  }

  private static Object plain(String key, Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        return number;
      }
    }
    if (value instanceof Map<?, ?> nested) {
      return map(nested);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(plain(key, item));
      }
      return List.copyOf(items);
    }
    throw new IllegalArgumentException(key + " is " + value + ", which JSON cannot represent");
  }
}
