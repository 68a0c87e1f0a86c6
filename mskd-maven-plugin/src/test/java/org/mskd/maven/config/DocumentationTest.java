package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Ablation;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Whether all that can be set is written where people look: the README's table, and the help. */
class DocumentationTest {
  private static final Pattern NAME = Pattern.compile("`(?:[A-Za-z]+/)*([A-Za-z]+)`");

  private static Path document(String name) {
    return Path.of("..", name);
  }

  /** The names in the first cell of the table of parameters; each group's path left out. */
  private static Set<String> namesOfTheTable() throws IOException {
    String readme = Files.readString(document("README.md"));
    String table = readme.substring(readme.indexOf("### Parameters"), readme.indexOf("## Goals"));
    Set<String> names = new TreeSet<>();
    for (String line : table.lines().filter(row -> row.startsWith("| `")).toList()) {
      Matcher name = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  @Test
  void theReadmesTableHasEveryPropertyAndNoOther() throws IOException {
    assertEquals(new TreeSet<>(Schema.properties()), namesOfTheTable());
  }

  @Test
  void thePageOfAblationsHasEachName() throws IOException {
    String page = Files.readString(document("docs/ablations.md"));
    for (Ablation ablation : Ablation.values()) {
      assertTrue(page.contains("`" + ablation.methodName() + "`"), ablation.methodName());
    }
  }

  @Test
  void theHelpNamesEveryElement() throws Exception {
    Document descriptor = descriptor();
    for (Element element : Schema.ROOT.children()) {
      String help = describedAs(descriptor, element.name());
      assertFalse(help.isBlank(), element.name());
      for (Element child : element.children()) {
        assertTrue(help.contains(child.name()), element.name() + ": " + child.name());
      }
    }
  }

  private static Document descriptor()
      throws ParserConfigurationException, SAXException, IOException {
    try (InputStream in =
        DocumentationTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  /** What {@code mskd:help -Ddetail} says of a parameter of the goal {@code run}. */
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
