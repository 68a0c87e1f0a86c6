package org.mskd.experiment;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;

/**
 * One student: a name, which is also its folder, the training method, and the method's options.
 *
 * @param name such as {@code mskd} or {@code mskd-logits}
 * @param type id of the training method, such as {@code mskd} or {@code marginal}
 * @param options value of each option that is not the method's default, as text
 */
public record Method(String name, String type, SortedMap<String, String> options) {
  /** The name of the merged teachers among the results, which no student may have. */
  public static final String TEACHERS = "teachers";

  public Method {
    Checks.name("name", name);
    Checks.name("type", type);
    options =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(options == null ? Map.<String, String>of() : options));
    if (name.equalsIgnoreCase(TEACHERS)) {
      throw Checks.notAllowed(
          "name", name, "any name but 'teachers', which is what the merged teachers are called");
    }
  }

  /**
   * @throws BadInputException if two have one name, or names that are one folder on some file
   *     systems
   */
  public static void checkNames(List<Method> methods) {
    Set<String> names = new HashSet<>();
    for (Method method : methods) {
      if (!names.add(method.name().toLowerCase(Locale.ROOT))) {
        throw new BadInputException(
            "<methods> declares " + method.name() + " twice.",
            "Give each <method> a name of its own; names that differ in upper and lower case only"
                + " name the same folder on some disks.");
      }
    }
  }
}
