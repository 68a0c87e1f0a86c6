package org.mskd.maven.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** Configurations for tests, from the content of a {@code <configuration>}. */
final class Pom {
  static final Path BASEDIR = Path.of("/home/user/experiment");

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
