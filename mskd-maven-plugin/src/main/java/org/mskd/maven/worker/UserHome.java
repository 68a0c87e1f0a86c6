package org.mskd.maven.worker;

import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * The home folder, in which JavaCPP keeps native libraries. Builds in containers often run as a
 * user whom the system does not know; a JVM then calls the home folder {@code ?}, a folder of that
 * name in the project, and Maven is given another with {@code -Duser.home}.
 */
final class UserHome {
  /** What a JVM reads for bytes that its locale does not know. */
  private static final char UNKNOWN = '\uFFFD';

  private UserHome() {}

  /**
   * The option that gives the worker Maven's home folder.
   *
   * @param property Maven's own {@code user.home}
   * @param variable {@code HOME} of the environment, for want of the property; may be null
   * @param temporary a folder for want of both
   * @return empty where the worker finds it better by itself
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
