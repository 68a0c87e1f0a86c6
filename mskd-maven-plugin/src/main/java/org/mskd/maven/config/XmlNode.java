package org.mskd.maven.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * An element of the POM.
 *
 * @param name the element's name
 * @param text its trimmed text; absent if there is none
 * @param children the elements it holds
 */
public record XmlNode(String name, Optional<String> text, List<XmlNode> children) {
  /** An element as Maven passes it to a goal. */
  public static XmlNode of(PlexusConfiguration configuration) {
    return new XmlNode(
        configuration.getName(),
        trimmed(configuration.getValue(null)),
        Arrays.stream(configuration.getChildren()).map(XmlNode::of).toList());
  }

  /** An element as the model holds it. */
  public static XmlNode of(Xpp3Dom dom) {
    return new XmlNode(
        dom.getName(),
        trimmed(dom.getValue()),
        Arrays.stream(dom.getChildren()).map(XmlNode::of).toList());
  }

  /** A value. */
  public static XmlNode value(String name, String text) {
    return new XmlNode(name, trimmed(text), List.of());
  }

  /**
   * A value as Maven passes it to a parameter with a property.
   *
   * @param text null if there is none
   * @param project the project's properties, which Maven passes too, and which declare nothing
   * @return empty if the POM does not declare it
   */
  public static Optional<XmlNode> declared(String name, String text, Properties project) {
    return text == null || text.equals(project.getProperty("mskd." + name))
        ? Optional.empty()
        : Optional.of(value(name, text));
  }

  /** A {@code <configuration>}. */
  public static XmlNode configuration(List<XmlNode> children) {
    return new XmlNode(Schema.ROOT.name(), Optional.empty(), List.copyOf(children));
  }

  private static Optional<String> trimmed(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
  }

  Optional<XmlNode> child(String childName) {
    return children.stream().filter(child -> child.name().equals(childName)).findFirst();
  }
}
