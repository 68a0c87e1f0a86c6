package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.mskd.problem.BadInputException;

/**
 * Reads {@code <trustedKeys>}. A declaration whose property has no value is an error: it must not
 * leave out the check that was asked for.
 */
public final class TrustedKeysReader {
  private static final String ELEMENT = "trustedKeys";

  private TrustedKeysReader() {}

  /**
   * The element of the POM. Maven passes no value to a goal where that is a property which nothing
   * defines, as if the element were missing: then it is that of the model, whose reading fails.
   *
   * @param execution the execution of the goal
   * @param passed Maven's value of the parameter; null if there is none
   */
  public static Optional<XmlNode> element(
      MavenProject project, MojoExecution execution, String passed) {
    return passed == null
        ? DeclaredPlugin.of(project, execution.getPlugin().getKey())
            .flatMap(plugin -> DeclaredPlugin.configuration(plugin, execution.getExecutionId()))
            .flatMap(dom -> XmlNode.of(dom).child(ELEMENT))
        : XmlNode.declared(ELEMENT, passed, project.getProperties());
  }

  /**
   * The file or folder of the keys; empty where signatures are not checked.
   *
   * @throws BadInputException if it is declared without a value
   */
  public static Optional<Path> read(Section root) {
    return root.value(ELEMENT).map(value -> path(value, root));
  }

  private static Path path(Value value, Section root) {
    if (value.text().isBlank()) {
      throw new BadInputException(
          value.source() + " is empty.",
          "Name the file or folder of the keys, or leave it out: then no signature is checked.");
    }
    return value.asPath(root.basedir());
  }
}
