package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.mskd.experiment.Experiment;
import org.mskd.problem.BadInputException;

/** Configurations for tests, from the content of a {@code <configuration>}. */
final class Pom {
  static final Path BASEDIR = Path.of("/home/user/experiment");

  /** A data set of the liver: the smallest experiment. */
  static final String LIVER =
      "<datasets><dataset><organ>liver</organ><directory>ct/liver</directory></dataset></datasets>";

  private Pom() {}

  static Xpp3Dom dom(String content) {
    try {
      return Xpp3DomBuilder.build(
          new StringReader("<configuration>" + content + "</configuration>"));
    } catch (XmlPullParserException | IOException e) {
      throw new UncheckedIOException(new IOException(content, e));
    }
  }

  /** The configuration with properties given as {@code name=value}, without {@code mskd.}. */
  static Section section(String content, String... properties) {
    return section(BASEDIR, content, properties);
  }

  /** The same of a POM in some other folder. */
  static Section section(Path basedir, String content, String... properties) {
    return section(basedir, content, properties(properties), new Properties());
  }

  /** The configuration with user properties and project properties. */
  static Section section(String content, Properties user, Properties project) {
    return section(BASEDIR, content, user, project);
  }

  /** The experiment of a configuration. */
  static Experiment experiment(String content, String... properties) {
    return new ExperimentReader(section(content, properties)).experiment();
  }

  /** Asserts that a configuration is an error whose message has all parts. */
  static void assertRefused(String content, String... parts) {
    String message = assertThrows(BadInputException.class, () -> experiment(content)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  /** Properties given as {@code name=value}, without {@code mskd.}. */
  static Properties properties(String... given) {
    Properties properties = new Properties();
    for (String property : given) {
      int equals = property.indexOf('=');
      properties.setProperty(
          "mskd." + property.substring(0, equals), property.substring(equals + 1));
    }
    return properties;
  }

  private static Section section(
      Path basedir, String content, Properties user, Properties project) {
    XmlNode node = XmlNode.of(dom(content));
    ConfigurationCheck.check(node);
    return Section.of(node, MskdProperties.of(user, project, true), basedir);
  }
}
