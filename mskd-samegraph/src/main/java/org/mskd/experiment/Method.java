package org.mskd.experiment;

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
}
