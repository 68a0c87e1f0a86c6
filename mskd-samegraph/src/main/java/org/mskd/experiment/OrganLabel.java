package org.mskd.experiment;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * Which values mark an organ in the labels of several organs.
 *
 * @param organ one of the experiment's organs
 * @param values the label values, from 1: more than one where the labels distinguish parts, such as
 *     left and right kidney; predictions get the first
 */
public record OrganLabel(String organ, List<Integer> values) {
  public OrganLabel {
    Checks.name("organ", organ);
    values = List.copyOf(Checks.notEmpty("value", values));
    for (int value : values) {
      Checks.within("value", value, 1, ValueRange.LARGEST);
    }
  }

  /** A label of one value. */
  public OrganLabel(String organ, int value) {
    this(organ, List.of(value));
  }

  /** The value that predictions get. */
  public int value() {
    return values.get(0);
  }

  /**
   * Checks that each organ and each value is declared once.
   *
   * @param owner whose labels they are, for the message
   */
  static void checkDistinct(Collection<OrganLabel> labels, String owner) {
    Set<Object> seen = new HashSet<>();
    for (OrganLabel label : labels) {
      boolean distinct = seen.add(label.organ());
      for (int value : label.values()) {
        distinct &= seen.add(value);
      }
      if (!distinct) {
        String given = label.values().toString().replaceAll("[\\[\\]]", "");
        throw new BadInputException(
            "<labels> of %s declares organ %s or value %s twice."
                .formatted(owner, label.organ(), given),
            "Give each organ one <label> with values of its own.");
      }
    }
  }

  /** All values of some labels. */
  static List<Integer> values(Collection<OrganLabel> labels) {
    return labels.stream().flatMap(label -> label.values().stream()).toList();
  }
}
