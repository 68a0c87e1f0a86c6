package org.mskd.experiment;

/**
 * The licence of the data that a network was trained on. Each part may be empty, but not both.
 *
 * @param name such as {@code CC-BY-SA-4.0}
 * @param text of the licence
 */
public record DataLicense(String name, String text) {
  /** The largest length of each part, characters. */
  public static final int LONGEST = 1 << 18;

  /**
   * @throws org.mskd.problem.BadInputException if a part is missing or too long, or both are blank
   */
  public DataLicense {
    requireShort("dataLicense", Checks.present("dataLicense", name));
    requireShort("dataLicenseFile", Checks.present("dataLicenseFile", text));
    if (name.isBlank() && text.isBlank()) {
      throw Checks.notAllowed("dataLicense", "blank", "the name of a licence");
    }
  }

  private static void requireShort(String element, String part) {
    if (part.length() > LONGEST) {
      throw Checks.notAllowed(
          element, part.length() + " characters long", "a text of at most " + LONGEST);
    }
  }
}
