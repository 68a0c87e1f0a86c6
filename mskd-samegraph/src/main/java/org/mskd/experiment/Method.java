package org.mskd.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * One student: a name, which is also its folder, and the loss it is trained with.
 *
 * @param name such as {@code mskd} or {@code mskd-logits}
 * @param distillation its loss
 */
public record Method(String name, Distillation distillation) {
  /** The name of the merged teachers among the results, which no student may have. */
  public static final String TEACHERS = "teachers";

  /** MS-KD whole, under its own name. */
  public static Method whole(Distillation distillation) {
    return new Method(Ablation.WHOLE.methodName(), distillation);
  }

  public Method {
    Checks.name("name", name);
    Checks.present("distillation", distillation);
    if (name.equalsIgnoreCase(TEACHERS)) {
      throw Checks.notAllowed(
          "name", name, "any name but 'teachers', which is what the merged teachers are called");
    }
  }

  /**
   * @throws BadInputException if two have one name, or one that is the same folder on some disks
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
