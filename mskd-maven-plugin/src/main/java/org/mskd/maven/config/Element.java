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
 */
record Element(String name, Optional<String> property, boolean repeated, List<Element> children) {
  /** A value with a property of the same name. */
  static Element value(String name) {
    return value(name, name);
  }

  /** A value whose property has another name, because its own is not unique. */
  static Element value(String name, String property) {
    return new Element(name, Optional.of(property), false, List.of());
  }

  /** A value within a repeated element, which has no property. */
  static Element listed(String name) {
    return new Element(name, Optional.empty(), false, List.of());
  }

  static Element group(String name, Element... children) {
    return new Element(name, Optional.empty(), false, List.of(children));
  }

  /** An element that holds any number of {@code item}. */
  static Element list(String name, String item, Element... children) {
    Element repeated = new Element(item, Optional.empty(), true, List.of(children));
    return new Element(name, Optional.empty(), false, List.of(repeated));
  }

  /** A copy with a property of the same name, which gives the list in short form. */
  Element withProperty() {
    return new Element(name, Optional.of(name), repeated, children);
  }

  boolean isValue() {
    return children.isEmpty();
  }

  Optional<Element> child(String childName) {
    return children.stream().filter(child -> child.name().equals(childName)).findFirst();
  }

  List<String> childNames() {
    return children.stream().map(Element::name).toList();
  }
}
