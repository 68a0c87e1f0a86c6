package org.mskd.experiment;

import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * A single value that is not allowed. Names the element, so that the caller can add its position.
 */
public final class NotAllowedException extends BadInputException {
  private static final long serialVersionUID = 1L;

  /** Elements there can be several of, which therefore have no property. */
  private static final Set<String> WITHOUT_PROPERTY =
      Set.of(
          "datasets",
          "organ",
          "directory",
          "labelValues",
          "labels",
          "value",
          "model",
          "name",
          "method",
          "betterThan",
          "by",
          "minimum",
          "maximum");

  private final String element;
  private final String given;
  private final String allowed;

  NotAllowedException(String element, String given, String allowed) {
    super(
        "<" + element + "> is " + given + ".",
        "Allowed is "
            + allowed
            + "; change the element"
            + (WITHOUT_PROPERTY.contains(element) ? "." : " or -Dmskd." + element + "."));
    this.element = element;
    this.given = given;
    this.allowed = allowed;
  }

  /**
   * The same, not caused by it (Maven would show both), about an element of a list, which is in the
   * POM only.
   *
   * @param place its position in the POM, such as {@code " of <method> 2"}
   */
  public BadInputException inList(String place) {
    return new BadInputException(
        "<" + element + ">" + place + " is " + given + ".",
        "Allowed is " + allowed + "; change the element.");
  }
}
