package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.InputSource;
import org.apache.maven.model.Model;
import org.apache.maven.model.Profile;
import org.apache.maven.model.io.xpp3.MavenXpp3ReaderEx;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomUtils;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

/** Merged as Maven merges them, from POMs that Maven read with their lines. */
class MergedListsTest {
  private static final String KEY = "org.mskd:mskd-maven-plugin";

  private static Model model(String file, String configuration, String profile) {
    String plugin =
        """
        <build><plugins><plugin>
        <groupId>org.mskd</groupId><artifactId>mskd-maven-plugin</artifactId>
        <configuration>
        %s
        </configuration>
        </plugin></plugins></build>
        """;
    String text =
        "<project>\n"
            + plugin.formatted(configuration)
            + "<profiles><profile><id>ct</id>\n"
            + plugin.formatted(profile)
            + "</profile></profiles></project>";
    InputSource source = new InputSource();
    source.setLocation(file);
    try {
      return new MavenXpp3ReaderEx().read(new StringReader(text), true, source);
    } catch (XmlPullParserException | IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static MavenProject project(Model model, String file, MavenProject parent) {
    MavenProject project = new MavenProject(model);
    project.setOriginalModel(model);
    project.setFile(new File(file));
    project.setParent(parent);
    return project;
  }

  private static Xpp3Dom dom(Model model) {
    return (Xpp3Dom) model.getBuild().getPlugins().get(0).getConfiguration();
  }

  private static Xpp3Dom dom(Profile profile) {
    return (Xpp3Dom) profile.getBuild().getPlugins().get(0).getConfiguration();
  }

  /** The project, its declarations, and its configuration with its parent's below it. */
  private record Merged(Declarations declarations, Xpp3Dom configuration) {
    static Merged of(String child, String parent) {
      Model own = model("/home/user/child/pom.xml", child, "");
      Model above = model("/home/user/pom.xml", parent, "");
      MavenProject project =
          project(own, "/home/user/child/pom.xml", project(above, "/home/user/pom.xml", null));
      Xpp3Dom merged = Xpp3DomUtils.mergeXpp3Dom(new Xpp3Dom(dom(own)), new Xpp3Dom(dom(above)));
      return new Merged(Declarations.of(project, KEY), merged);
    }

    void check() {
      new MergedLists(declarations).check(configuration);
    }
  }

  private static String dataset(String content) {
    return "<datasets>\n<dataset>\n" + content + "\n</dataset>\n</datasets>";
  }

  @Test
  void aParentsElementInAChildsItemIsRefused() {
    Merged merged =
        Merged.of(
            dataset("<organ>spleen</organ>\n<directory>s</directory>"),
            dataset(
                "<organ>liver</organ>\n<directory>l</directory>\n<labelValues>1 2</labelValues>"));
    // This is what the issue is about: it reads as a spleen with the liver's values.
    assertEquals(
        "1 2",
        merged.configuration().getChild("datasets").getChild(0).getChild("labelValues").getValue());
    assertEquals(
        "<dataset> 1 of <datasets> is a mixture of pom.xml, line 7 and of ../pom.xml, line 9: Maven"
            + " merges lists by position. Write <datasets combine.self=\"override\"> where the list"
            + " replaces the other one, or declare the list in one place.",
        assertThrows(BadInputException.class, merged::check).getMessage());
  }

  @Test
  void listsThatReplaceOrExtendTheOthersAreAllowed() {
    String parent =
        dataset("<organ>liver</organ><directory>l</directory><labelValues>2</labelValues>");
    String child = dataset("<organ>spleen</organ><directory>s</directory>");
    Merged.of(child.replace("<datasets>", "<datasets combine.self=\"override\">"), parent).check();
    Merged.of(child.replace("<datasets>", "<datasets combine.children=\"append\">"), parent)
        .check();
    Merged.of("", parent).check();
    Merged.of(child, "").check();
    // Every element is the child's: nothing of the parent's is left.
    Merged.of(child, dataset("<organ>liver</organ><directory>l</directory>")).check();
  }

  @Test
  void groupsAreMergedByName() {
    Merged.of(
            "<training>\n<epochs>2</epochs>\n</training>",
            "<training>\n<batchSize>2</batchSize>\n</training>")
        .check();
  }

  @Test
  void listsWithinGroupsAndItemsAreChecked() {
    String labels = "<labels>\n<label>\n%s\n</label>\n</labels>";
    Merged inTestSet =
        Merged.of(
            "<testSet>" + labels.formatted("<organ>liver</organ>") + "</testSet>",
            "<testSet>" + labels.formatted("<value>1</value>") + "</testSet>");
    String message = assertThrows(BadInputException.class, inTestSet::check).getMessage();
    assertTrue(message.startsWith("<label> 1 of <labels> is a mixture"), message);
    Merged inSet =
        Merged.of(
            dataset("<name>all</name>" + labels.formatted("<organ>liver</organ>")),
            dataset(labels.formatted("<value>1</value>")));
    assertThrows(BadInputException.class, inSet::check);
  }

  @Test
  void aProfileIsNamed() {
    Model model =
        model(
            "/home/user/pom.xml",
            dataset("<organ>liver</organ>\n<labelValues>1</labelValues>"),
            dataset("<organ>spleen</organ>"));
    Declarations declarations = Declarations.of(project(model, "/home/user/pom.xml", null), KEY);
    Xpp3Dom merged =
        Xpp3DomUtils.mergeXpp3Dom(new Xpp3Dom(dom(model.getProfiles().get(0))), dom(model));
    String message =
        assertThrows(BadInputException.class, () -> new MergedLists(declarations).check(merged))
            .getMessage();
    assertTrue(message.contains("a mixture of profile ct of pom.xml, line 19 and"), message);
  }

  @Test
  void aPropertyIsThatOfAProfileOrOfThePom() {
    Model model = model("/home/user/pom.xml", "", "");
    MavenProject project = project(model, "/home/user/pom.xml", null);
    Profile profile = model.getProfiles().get(0);
    profile.addProperty("mskd.epochs", "2");
    project.setActiveProfiles(List.of(profile));
    Declarations declarations = Declarations.of(project, KEY);
    assertEquals(Optional.of("ct"), declarations.profileOf("mskd.epochs"));
    // A child's own property overrides the one of its parent's profile.
    Model child = model("/home/user/child/pom.xml", "", "");
    child.addProperty("mskd.epochs", "3");
    MavenProject below = project(child, "/home/user/child/pom.xml", project);
    assertEquals(Optional.empty(), Declarations.of(below, KEY).profileOf("mskd.epochs"));
    assertEquals(Optional.empty(), declarations.profileOf("mskd.seed"));
  }

  @Test
  void withoutLinesNothingIsRefused() {
    Xpp3Dom configuration = Pom.dom(dataset("<organ>liver</organ>"));
    new MergedLists(Declarations.of(new MavenProject(new Model()), KEY)).check(configuration);
  }
}
