package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The parent POM declares nothing that no module uses. That the dependencies of each module are
 * used in its code is checked by the build, {@code dependency:analyze-only}.
 */
class ParentPomTest {
  private static final List<String> MODULES =
      List.of("mskd-samegraph", "mskd-maven-plugin", "benchmarks");

  /** Properties that Maven's own plugins read by these names. */
  private static final Set<String> READ_BY_MAVEN =
      Set.of(
          "maven.compiler.release",
          "project.build.sourceEncoding",
          "project.reporting.outputEncoding",
          "project.build.outputTimestamp");

  /** Dependencies of dependencies alone: ND4J's parts ask for several versions of SLF4J. */
  private static final Set<String> TRANSITIVE = Set.of("slf4j-api");

  private static Element parent;
  private static final List<Element> MODULE_POMS = new ArrayList<>();
  private static final StringBuilder USES = new StringBuilder();

  @BeforeAll
  static void read() throws Exception {
    Path file = Path.of("..", "pom.xml");
    parent = xml(file);
    USES.append(Files.readString(file));
    for (String module : MODULES) {
      Path pom = Path.of("..", module, "pom.xml");
      MODULE_POMS.add(xml(pom));
      USES.append(Files.readString(pom));
    }
    USES.append(
        Files.readString(Path.of("src/main/resources/org/mskd/maven/worker/versions.properties")));
  }

  private static Element xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  @Test
  void everyPropertyIsUsed() {
    Set<String> unused = new TreeSet<>();
    for (Element property : elements(child(parent, "properties"))) {
      String name = property.getTagName();
      if (!READ_BY_MAVEN.contains(name) && USES.indexOf("${" + name + "}") < 0) {
        unused.add(name);
      }
    }
    assertEquals(Set.of(), unused);
  }

  @Test
  void everyManagedDependencyIsUsedByAModule() {
    Set<String> declared = new TreeSet<>(TRANSITIVE);
    MODULE_POMS.forEach(
        pom ->
            elements(child(pom, "dependencies"))
                .forEach(one -> declared.add(text(one, "artifactId"))));
    assertTrue(declared.contains("jackson-databind"), declared.toString());
    Set<String> unused = new TreeSet<>();
    Element managed = child(child(parent, "dependencyManagement"), "dependencies");
    for (Element one : elements(managed)) {
      if (!text(one, "scope").equals("import")) {
        unused.add(text(one, "artifactId"));
      }
    }
    unused.removeAll(declared);
    assertEquals(Set.of(), unused);
  }

  /** A version elsewhere is not seen by whoever looks for new ones. */
  @Test
  void versionsOfPluginsAreInTheParentAlone() {
    for (Element pom : MODULE_POMS) {
      var plugins = pom.getElementsByTagName("plugin");
      for (int i = 0; i < plugins.getLength(); i++) {
        Element plugin = (Element) plugins.item(i);
        assertEquals("", text(plugin, "version"), text(plugin, "artifactId"));
      }
    }
  }

  /** What each jar holds under META-INF. */
  @ParameterizedTest
  @ValueSource(strings = {"mskd-samegraph", "mskd-maven-plugin"})
  void licenceAndNoticeArePackaged(String module) throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      Path packaged = Path.of("..", module, "target", "classes", "META-INF", name);
      assertEquals(-1, Files.mismatch(Path.of("..", name), packaged), packaged.toString());
    }
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static Element child(Element parent, String name) {
    return elements(parent).stream()
        .filter(one -> one.getTagName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The text of a child; empty without one. */
  private static String text(Element parent, String name) {
    return elements(parent).stream()
        .filter(one -> one.getTagName().equals(name))
        .findFirst()
        .map(one -> one.getTextContent().strip())
        .orElse("");
  }
}
