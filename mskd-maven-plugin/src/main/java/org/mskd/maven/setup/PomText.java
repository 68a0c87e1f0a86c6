package org.mskd.maven.setup;

import java.nio.file.Path;
import java.util.List;
import org.mskd.discovery.FoundData;

/** The text of a POM that declares an experiment. */
public final class PomText {
  private static final String NAMESPACE =
      " xmlns=\"http://maven.apache.org/POM/4.0.0\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
          + " xsi:schemaLocation=\"http://maven.apache.org/POM/4.0.0"
          + " http://maven.apache.org/xsd/maven-4.0.0.xsd\"";

  private PomText() {}

  /**
   * The text, for a file in UTF-8.
   *
   * @param data the folder that was searched
   * @param found what was found there
   * @param pom where the text will lie; paths are relative to its folder
   * @param plugin the plugin that the POM declares
   * @throws org.mskd.problem.BadInputException if a path cannot be written in a POM
   */
  public static String of(Path data, FoundData found, Path pom, PluginVersion plugin) {
    PomPath paths =
        new PomPath(
            pom.toAbsolutePath().normalize().getParent(), data.toAbsolutePath().normalize());
    XmlText xml = new XmlText();
    xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.element(
        "project",
        NAMESPACE,
        () -> {
          xml.comment(introduction(pom));
          xml.value("modelVersion", "4.0.0");
          xml.line("");
          xml.comment("Required by Maven, without meaning here: choose any names.");
          xml.value("groupId", "org.example");
          xml.value("artifactId", "multi-organ-experiment");
          xml.value("version", "1.0-SNAPSHOT");
          xml.value("packaging", "pom");
          xml.line("");
          xml.element(
              "properties",
              () -> {
                xml.comment(
                    "The folder of all data, from the folder of this file if it is relative.");
                xml.value(PomPath.PROPERTY, paths.ofData());
              });
          xml.line("");
          xml.element(
              "build", () -> xml.element("plugins", () -> plugin(plugin, found, paths, xml)));
        });
    return xml.toString();
  }

  private static void plugin(PluginVersion plugin, FoundData found, PomPath paths, XmlText xml) {
    xml.element(
        "plugin",
        () -> {
          xml.value("groupId", plugin.groupId());
          xml.value("artifactId", plugin.artifactId());
          xml.value("version", plugin.version());
          xml.element("configuration", () -> new ConfigurationText(found, paths, xml).write());
        });
  }

  private static List<String> introduction(Path pom) {
    String mvn = NextCommand.mvn(pom, pom.toAbsolutePath().getParent());
    return List.of(
        "An experiment of mskd, written by the goal init from the data sets that it found.",
        "CHECK marks what a person should check.",
        "",
        "  " + mvn + " mskd:check-data        checks all data",
        "  " + mvn + " mskd:run               trains and scores all networks, into target/mskd",
        "  " + mvn + " mskd:help -Dgoal=run   lists all elements of configuration");
  }
}
