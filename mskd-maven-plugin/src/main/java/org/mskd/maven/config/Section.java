package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.problem.BadInputException;

/**
 * An element that holds others, read with the properties: those of the user override it, those of
 * the project are values where it has none. Only names of {@link Schema} may be read.
 */
public final class Section {
  private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{([^}]*)}");

  private final Element element;
  private final Optional<XmlNode> node;
  private final MskdProperties properties;
  private final Path basedir;
  private final String where;
  private final Readings readings;

  private Section(
      Element element,
      Optional<XmlNode> node,
      MskdProperties properties,
      Path basedir,
      String where,
      Readings readings) {
    this.element = element;
    this.node = node;
    this.properties = properties;
    this.basedir = basedir;
    this.where = where;
    this.readings = readings;
  }

  /**
   * The whole configuration.
   *
   * @param configuration as Maven passes it, already checked
   * @param properties user properties, which override it, and project properties
   * @param basedir the folder that relative paths are relative to
   */
  public static Section of(XmlNode configuration, MskdProperties properties, Path basedir) {
    return new Section(
        Schema.ROOT, Optional.of(configuration), properties, basedir, "", new Readings());
  }

  Section section(String name) {
    Element child = known(name);
    Optional<XmlNode> held = node.flatMap(n -> n.child(name));
    return new Section(child, held, properties, basedir, " of <" + name + ">", readings);
  }

  /** The elements of a list, numbered from 1 in messages. */
  List<Section> items() {
    Element item = element.children().get(0);
    List<Section> items = new ArrayList<>();
    for (XmlNode child : node.map(XmlNode::children).orElse(List.of())) {
      String place = " of <" + item.name() + "> " + (items.size() + 1);
      items.add(new Section(item, Optional.of(child), properties, basedir, place, readings));
    }
    return items;
  }

  /** The elements of a map by name, in the POM's order. */
  Map<String, Value> entries() {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (XmlNode child : node.map(XmlNode::children).orElse(List.of())) {
      value(child.name()).ifPresent(value -> entries.put(child.name(), value));
    }
    return entries;
  }

  /**
   * Whether the POM holds this element or a user property gives one of its values. Project
   * properties, which a parent or settings.xml may have for other projects, declare nothing.
   */
  boolean declared() {
    return node.isPresent()
        || element.children().stream()
            .anyMatch(child -> child.property().flatMap(this::ofUser).isPresent());
  }

  /** Its place for messages, such as {@code " of <rule> 2"}. */
  String place() {
    return where;
  }

  /** The folder that relative paths are relative to. */
  public Path basedir() {
    return basedir;
  }

  Optional<Value> value(String name) {
    Element leaf = known(name);
    Optional<Value> given =
        leaf.property()
            .flatMap(this::ofUser)
            .or(
                () ->
                    node.flatMap(n -> n.child(name))
                        .flatMap(XmlNode::text)
                        .map(
                            text ->
                                Value.ofElement("<" + name + ">" + where, leaf.property(), text)))
            .or(() -> leaf.property().flatMap(this::ofProject));
    given.ifPresent(Section::checkResolved);
    return given;
  }

  /** The text of this element itself, which is a value in a list. */
  Optional<Value> text() {
    Optional<Value> given =
        node.flatMap(XmlNode::text)
            .map(
                text ->
                    Value.ofElement("<" + element.name() + ">" + where, Optional.empty(), text));
    given.ifPresent(Section::checkResolved);
    return given;
  }

  /** A user property without an element. */
  Optional<Value> userProperty(String name) {
    return ofUser(name);
  }

  /** A property, of the user or else of the project, which may have no element. */
  Optional<Value> property(String name) {
    return ofUser(name).or(() -> ofProject(name));
  }

  private Optional<Value> ofUser(String name) {
    return properties.ofUser(name).map(text -> Value.ofUser(name, text));
  }

  private Optional<Value> ofProject(String name) {
    return properties.ofProject(name).map(text -> Value.ofProject(name, text));
  }

  Value required(String name) {
    return value(name)
        .orElseThrow(
            () ->
                new BadInputException(
                    "<" + name + ">" + where + " is missing.", "Add it to the configuration."));
  }

  int integer(String name, int otherwise) {
    note(name, otherwise);
    return value(name).map(Value::asInt).orElse(otherwise);
  }

  long whole(String name, long otherwise) {
    note(name, otherwise);
    return value(name).map(Value::asLong).orElse(otherwise);
  }

  double number(String name, double otherwise) {
    note(name, otherwise);
    return value(name).map(Value::asDouble).orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    note(name, otherwise);
    return value(name).map(Value::asBoolean).orElse(otherwise);
  }

  <E extends Enum<E>> E oneOf(String name, E otherwise) {
    note(name, otherwise);
    return value(name).map(value -> value.asOneOf(otherwise.getDeclaringClass())).orElse(otherwise);
  }

  /** The result of reading an element of a list; errors in a value name its place in the list. */
  <T> T placed(Supplier<T> item) {
    return NamedElements.inList(where, item);
  }

  MskdProperties properties() {
    return properties;
  }

  /** Whether a user property gives the value of an element. */
  public boolean givenByUser(String name) {
    return known(name).property().flatMap(properties::ofUser).isPresent();
  }

  /** The values that were used where none was given. */
  Readings readings() {
    return readings;
  }

  private void note(String name, Object otherwise) {
    if (!element.repeated()) {
      readings.note(element == Schema.ROOT ? name : element.name() + "/" + name, otherwise);
    }
  }

  private Element known(String name) {
    return element.child(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static void checkResolved(Value value) {
    Matcher unresolved = UNRESOLVED.matcher(value.text());
    if (unresolved.find()) {
      throw new BadInputException(
          value.source()
              + " is "
              + value.text()
              + ", and nothing defines "
              + unresolved.group()
              + ".",
          "Add -D" + unresolved.group(1) + "=... to the command, or a property to the POM.");
    }
  }
}
