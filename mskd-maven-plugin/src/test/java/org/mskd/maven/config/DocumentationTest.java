package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Experiment;
import org.mskd.method.Methods;
import org.mskd.method.MskdMethod;
import org.mskd.method.NamedSetting;
import org.mskd.method.TrainingMethod;
import org.mskd.option.Option;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The README's table and the help name all settings. */
class DocumentationTest {
  private static final Pattern NAME = Pattern.compile("`(?:[A-Za-z]+/)*([A-Za-z.-]+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  private static Path document(String name) {
    return Path.of("..", name);
  }

  /** The names in the first cell of the table of parameters; each group's path left out. */
  private static Set<String> namesOfTheTable() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String[] row : rowsOfTheTable()) {
      names.addAll(names(row[1]));
    }
    return names;
  }

  /** The rows' cells; the first is at 1. */
  private static List<String[]> rowsOfTheTable() throws IOException {
    String readme = Files.readString(document("README.md"));
    String table = readme.substring(readme.indexOf("### Parameters"), readme.indexOf("## Goals"));
    return table.lines().filter(row -> row.startsWith("| `")).map(row -> row.split("\\|")).toList();
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
  }

  @Test
  void theReadmesTableHasEveryPropertyAndNoOther() throws IOException {
    Set<String> expected = new TreeSet<>(Schema.properties());
    Schema.OF_ONE_GOAL.values().forEach(expected::addAll);
    assertEquals(expected, namesOfTheTable());
  }

  @Test
  void thePageOfAblationsHasEachName() throws IOException {
    String page = Files.readString(document("docs/ablations.md"));
    for (NamedSetting setting : Methods.installed().named(MskdMethod.ID).namedSettings()) {
      assertTrue(page.contains("`" + setting.name() + "`"), setting.name());
    }
  }

  /** Name, default and help of an option are written once, in its declaration. */
  @Test
  void theReadmesRowsOfOptionsAreTheirDeclarations() throws IOException {
    String readme = Files.readString(document("README.md"));
    for (TrainingMethod method : Methods.installed().students()) {
      String group = method.id().equals(MskdMethod.ID) ? "distillation/" : method.id() + ".";
      for (Option<?> option : method.options()) {
        String row =
            "| `%s%s` | %s | %s |\n"
                .formatted(group, option.name(), option.defaultText(), option.help());
        assertTrue(readme.contains(row), row);
      }
    }
  }

  @Test
  void theHelpNamesEveryElement() throws Exception {
    Document descriptor = descriptor();
    for (Element element : Schema.ROOT.children()) {
      String help = describedAs(descriptor, element.name());
      assertFalse(help.isBlank(), element.name());
      for (Element child : element.children()) {
        assertTrue(
            Pattern.compile("\\b" + child.name() + "\\b").matcher(help).find(),
            element.name() + ": " + child.name());
      }
    }
  }

  /** Pages, and headings of the same page. */
  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of(".", "docs")) {
      try (DirectoryStream<Path> docs = Files.newDirectoryStream(document(folder), "*.md")) {
        docs.forEach(pages::add);
      }
    }
    int links = 0;
    for (Path page : pages) {
      String text = Files.readString(page);
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        String target = link.group(1);
        if (target.startsWith("#")) {
          assertTrue(anchors(text).contains(target), page + ": " + target);
        } else if (!target.contains("://")) {
          assertTrue(
              Files.exists(page.resolveSibling(target.replaceAll("#.*", ""))),
              page + ": " + target);
        }
        links++;
      }
    }
    assertTrue(links > 5, links + " links found");
  }

  private static Set<String> anchors(String page) {
    return page.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> "#" + title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** Each default of one value, given as a property, changes nothing. */
  @Test
  void theReadmesDefaultsAreTheRecords() throws IOException {
    String pom = "<datasets><dataset><organ>a</organ><directory>a</directory></dataset></datasets>";
    Experiment expected = new ExperimentReader(Pom.section(pom)).experiment();
    int compared = 0;
    for (String[] row : rowsOfTheTable()) {
      String[] names = names(row[1]).toArray(String[]::new);
      String[] values = row[2].replaceAll("\\(.*?\\)", "").strip().split(", ");
      if (!row[1].matches(" `(seed|preprocessing|network|training|distillation)\\b.*")
          || values[0].equals("none")) {
        continue;
      }
      assertEquals(names.length, values.length, row[1]);
      for (int i = 0; i < names.length; i++) {
        String property = names[i] + "=" + values[i].strip();
        assertEquals(
            expected, new ExperimentReader(Pom.section(pom, property)).experiment(), property);
        compared++;
      }
    }
    assertTrue(compared > 30, compared + " defaults compared");
  }

  private static Document descriptor()
      throws ParserConfigurationException, SAXException, IOException {
    try (InputStream in =
        DocumentationTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  /** The text of {@code mskd:help -Ddetail} about a parameter of the goal {@code run}. */
  private static String describedAs(Document descriptor, String parameter) {
    NodeList mojos = descriptor.getElementsByTagName("mojo");
    for (int m = 0; m < mojos.getLength(); m++) {
      if (text(mojos.item(m), "goal").equals("run")) {
        for (Node one : children(child(mojos.item(m), "parameters"))) {
          if (text(one, "name").equals(parameter)) {
            return text(one, "description");
          }
        }
      }
    }
    return "";
  }

  private static String text(Node node, String child) {
    return child(node, child).getTextContent();
  }

  private static Node child(Node node, String name) {
    return children(node).stream()
        .filter(c -> c.getNodeName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>();
    for (Node c = node.getFirstChild(); c != null; c = c.getNextSibling()) {
      if (c.getNodeType() == Node.ELEMENT_NODE) {
        children.add(c);
      }
    }
    return children;
  }
}
