package org.mskd.doctor;

/** One thing the backend has to do right. */
public interface Check {
  /** What is checked, in words. */
  String name();

  /** Looks; may throw what the backend throws. */
  Finding look();

  /** Looks; a backend that cannot do it at all does not do it right. */
  default Finding finding() {
    try {
      return look();
    } catch (RuntimeException | LinkageError e) {
      return new Finding(name(), false, e.toString());
    }
  }
}
