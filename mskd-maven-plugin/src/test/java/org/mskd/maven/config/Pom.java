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
    Properties session = new Properties();
    for (String property : properties) {
      int equals = property.indexOf('=');
      session.setProperty("mskd." + property.substring(0, equals), property.substring(equals + 1));
    }
    XmlNode node = XmlNode.of(dom(content));
    ConfigurationCheck.check(node);
    return Section.of(node, UserProperties.of(session), basedir);
  }
}
