package org.mskd.maven.config;

import java.util.List;
import java.util.Optional;

/**
 * One element that a POM may hold.
 *
 * @param name the element's name
 * @param property the property's name after {@code -Dmskd.}; empty for groups and for elements of a
 *     list
 * @param repeated whether its parent is a list of it
 * @param children the elements it may hold; empty for a value
 * @param type of a value, as the help shows it, such as {@code integer} or {@code adam|sgd}
 * @param defaultText the value where none is given, as the help shows it; empty if there is none
 */
record Element(
    String name,
    Optional<String> property,
    boolean repeated,
    List<Element> children,
    String type,
    String defaultText) {
  /** Stands for every name; no name of XML. */
  private static final String ANY = "*";

  /** A value with a property of the same name. */
  static Element value(String name, String type, String defaultText) {
    return new Element(name, Optional.of(name), false, List.of(), type, defaultText);
  }

  /** A value that has no default. */
  static Element value(String name, String type) {
    return value(name, type, "");
  }

  /** A value within a repeated element, which has no property. */
  static Element listed(String name) {
    return new Element(name, Optional.empty(), false, List.of(), "", "");
  }

  static Element group(String name, Element... children) {
    return new Element(name, Optional.empty(), false, List.of(children), "", "");
  }

  /** An element that holds any number of {@code item}. */
  static Element list(String name, String item, Element... children) {
    Element repeated = new Element(item, Optional.empty(), true, List.of(children), "", "");
    return new Element(name, Optional.empty(), false, List.of(repeated), "", "");
  }

  /** An element whose elements have names of the user's choice, each with a value. */
  static Element map(String name) {
    return new Element(name, Optional.empty(), false, List.of(listed(ANY)), "", "");
  }

  /** A copy with a property of the same name, which gives the list in short form. */
  Element withProperty() {
    return withProperty(name);
  }

  /** A copy whose property has another name, because its own is not unique. */
  Element withProperty(String other) {
    return new Element(name, Optional.of(other), repeated, children, type, defaultText);
  }

  boolean isValue() {
    return children.isEmpty();
  }

  /** Whether its elements have names of the user's choice. */
  boolean isMap() {
    return childNames().equals(List.of(ANY));
  }

  Optional<Element> child(String childName) {
    if (isMap()) {
      return Optional.of(listed(childName));
    }
    return children.stream().filter(child -> child.name().equals(childName)).findFirst();
  }

  List<String> childNames() {
    return children.stream().map(Element::name).toList();
  }
}
