package org.mskd.experiment;

import org.mskd.problem.BadInputException;

/**
 * A value that a parameter may not have: which parameter, which value, and what is allowed. Whoever
 * reads parameters from a file or a command line can name the place in its own terms.
 */
public final class NotAllowedException extends BadInputException {
  private static final long serialVersionUID = 1L;

  private final String parameter;
  private final String value;
  private final String allowed;

  NotAllowedException(String parameter, String value, String allowed) {
    super("%s is %s.".formatted(parameter, value), "Allowed is " + allowed + ".");
    this.parameter = parameter;
    this.value = value;
    this.allowed = allowed;
  }

  /** Id of the parameter, such as {@code epochs}. */
  public String parameter() {
    return parameter;
  }

  /** The value that was given. */
  public String value() {
    return value;
  }

  /** What is allowed, such as {@code a whole number of at least 1}. */
  public String allowed() {
    return allowed;
  }
}
