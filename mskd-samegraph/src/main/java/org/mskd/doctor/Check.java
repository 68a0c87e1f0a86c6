package org.mskd.doctor;

/** A check of the backend. */
public interface Check {
  /** What is checked, for reports. */
  String name();

  /** Runs the check; may throw what the backend throws. */
  Finding run();

  /** Runs the check; an exception or error of the backend is a failure. */
  default Finding finding() {
    try {
      return run();
    } catch (RuntimeException | LinkageError e) {
      return new Finding(name(), false, e.toString());
    }
  }
}
