package org.mskd.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.volume.LabelValues;

/**
 * The {@code "labels"} of a {@code dataset.json}: {@code {"1": "liver"}} in the Medical
 * Segmentation Decathlon and nnU-Net v1, {@code {"liver": 1}} in nnU-Net v2, where a region has a
 * list of values; or a list of names.
 */
final class DatasetLabels {
  /** The name that nnU-Net v2 reserves for voxels that neither loss nor scores use. */
  private static final String IGNORE = "ignore";

  private static final String NUMBER = "-?\\d+";

  private final Path file;
  private final Map<String, SortedSet<Integer>> structures = new LinkedHashMap<>();
  private final SortedSet<Integer> ignored = new TreeSet<>();
  private final List<Remark> remarks = new ArrayList<>();

  /**
   * @param file named in messages
   * @param labels a missing node if there are none
   * @throws org.mskd.problem.BadInputException if they are in none of the forms
   */
  DatasetLabels(Path file, JsonNode labels) {
    this.file = file;
    if (labels.isObject()) {
      labels.properties().forEach(field -> add(field.getKey().strip(), field.getValue()));
    } else if (labels.isArray()) {
      addNames(labels);
    } else if (!labels.isMissingNode() && !labels.isNull()) {
      throw DatasetJson.unreadable(file, "has \"labels\" that are " + labels + ".");
    }
    structures.values().forEach(values -> values.remove(0));
    separateIgnored();
    structures.values().removeIf(values -> values.isEmpty());
  }

  private void add(String key, JsonNode value) {
    if (key.matches(NUMBER) && value.isTextual()) {
      addValue(value.asText().strip(), key);
    } else if (value.isArray()) {
      value.forEach(one -> addValue(key, number(key, one)));
    } else {
      addValue(key, number(key, value));
    }
  }

  private String number(String name, JsonNode value) {
    String text =
        value.canConvertToExactIntegral()
            ? value.bigIntegerValue().toString()
            : value.asText().strip();
    if (!text.matches(NUMBER)) {
      throw DatasetJson.unreadable(file, "has " + value + " as the value of label " + name + ".");
    }
    return text;
  }

  private void addValue(String name, String number) {
    BigInteger value = new BigInteger(number);
    if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(LabelValues.LARGEST)) > 0) {
      remarks.add(
          Remark.check(
              ("dataset.json has the value %s for %s, which is not used: label values are from 0"
                      + " to %d. Correct dataset.json.")
                  .formatted(number, name, LabelValues.LARGEST)));
    } else {
      structures.computeIfAbsent(name, n -> new TreeSet<>()).add(value.intValue());
    }
  }

  private void addNames(JsonNode names) {
    List<String> numbered = new ArrayList<>();
    for (JsonNode name : names) {
      if (!name.isTextual()) {
        throw DatasetJson.unreadable(file, "has " + name + " in its list of labels.");
      }
      numbered.add(numbered.size() + " " + name.asText().strip());
      addValue(name.asText().strip(), String.valueOf(numbered.size() - 1));
    }
    remarks.add(
        Remark.check(
            ("Assumption: the labels, which dataset.json lists without values, are numbered from"
                    + " 0: %s. The value 0 always means background. If that is wrong, write the"
                    + " values in dataset.json: \"labels\": {\"background\": 0, \"liver\": 1}.")
                .formatted(Words.list(numbered))));
  }

  private void separateIgnored() {
    SortedSet<Integer> values = structures.remove(IGNORE);
    if (values == null) {
      return;
    }
    ignored.addAll(values);
    structures.forEach(
        (name, others) -> {
          for (int value : values) {
            if (others.remove(value)) {
              remarks.add(
                  Remark.check(
                      ("dataset.json has the value %d for %s and for ignore. Here it is ignored:"
                              + " check which is right.")
                          .formatted(value, name)));
            }
          }
        });
  }

  /** The values of each name, without 0 and {@link #ignored}; in file order. */
  Map<String, SortedSet<Integer>> structures() {
    return structures;
  }

  /** The values of the name {@code ignore}. */
  SortedSet<Integer> ignored() {
    return ignored;
  }

  /** What was assumed, and which values are not used. */
  List<Remark> remarks() {
    return remarks;
  }
}
