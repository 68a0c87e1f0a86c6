package org.mskd.option;

/** An option has a value that is not allowed: the option, the value, and what is allowed. */
public final class OptionNotAllowed extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String option;
  private final String value;
  private final String allowed;

  OptionNotAllowed(String option, String value, String allowed) {
    super("%s is %s; allowed is %s".formatted(option, value, allowed));
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }

  /** Name of the option. */
  public String option() {
    return option;
  }

  /** The value that was given. */
  public String value() {
    return value;
  }

  /** What is allowed, such as {@code a number of at least 0}. */
  public String allowed() {
    return allowed;
  }
}
