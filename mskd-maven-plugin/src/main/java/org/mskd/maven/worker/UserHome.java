package org.mskd.maven.worker;

import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * The home folder, in which JavaCPP keeps native libraries. Builds in containers often run as a
 * user who is not in the system's user list. A JVM then sets the home folder to {@code ?}, a folder
 * of that name in the project, and Maven gets another one with {@code -Duser.home}.
 */
final class UserHome {
  /** The character that a JVM reads for bytes that its locale cannot decode. */
  private static final char UNKNOWN = '\uFFFD';

  private UserHome() {}

  /**
   * The option that sets the worker's home folder to Maven's.
   *
   * @param property Maven's own {@code user.home}
   * @param variable {@code HOME} of the environment, used if there is no such property; may be null
   * @param temporary a folder used if there is neither
   * @return empty if the worker can determine it better
   */
  static Optional<String> option(String property, String variable, String temporary) {
    if (property.indexOf(UNKNOWN) >= 0) {
      return Optional.empty();
    }
    String home =
        List.of(property, Optional.ofNullable(variable).orElse("")).stream()
            .filter(name -> new File(name).isAbsolute())
            .findFirst()
            .orElse(new File(temporary).getAbsolutePath());
    return Optional.of("-Duser.home=" + home);
  }
}
