package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Eclipse (m2e) marks an execution as an error whose goal it does not know; the plugin's jar says
 * that all of its goals are ignored in the builds of the IDE.
 */
class IdeBuildTest {
  private static final String MAPPING = "/META-INF/m2e/lifecycle-mapping-metadata.xml";

  @Test
  void everyGoalIsIgnored() throws Exception {
    Document mapping = read(MAPPING);
    Set<String> expected = new TreeSet<>();
    NodeList goals = read("/META-INF/maven/plugin.xml").getElementsByTagName("goal");
    for (int i = 0; i < goals.getLength(); i++) {
      // A parameter may have that name, too.
      if (goals.item(i).getParentNode().getNodeName().equals("mojo")) {
        expected.add(goals.item(i).getTextContent());
      }
    }
    assertTrue(expected.contains("run"), expected.toString());
    assertEquals(expected, texts(mapping.getElementsByTagName("goal")), MAPPING);
    assertEquals(1, mapping.getElementsByTagName("pluginExecution").getLength());
    assertEquals(1, mapping.getElementsByTagName("ignore").getLength());
  }

  private static Document read(String resource)
      throws IOException, ParserConfigurationException, SAXException {
    try (InputStream in = IdeBuildTest.class.getResourceAsStream(resource)) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  private static Set<String> texts(NodeList elements) {
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    return texts;
  }
}
