package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.InitialModel;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.problem.BadInputException;

class InitialModelsReaderTest {
  @TempDir Path folder;

  @Test
  void teachersAndStudentsMayBeginWithAModel() {
    String initial = "<initialModel>models/a.mskd</initialModel>";
    String methods =
        "<methods><method><name>marginal</name></method><method><name>fine-tuned</name>"
            + "<type>marginal</type>%s</method></methods>";
    String liver = Pom.LIVER.replace("</dataset>", initial + "</dataset>");
    String both = liver + methods.formatted(initial);
    InitialModel ofLiver = InitialModel.ofTeacher("liver", Pom.BASEDIR.resolve("models/a.mskd"));
    InitialModel ofStudent =
        InitialModel.ofStudent("fine-tuned", Pom.BASEDIR.resolve("models/a.mskd"));
    assertEquals(List.of(), Pom.experiment(Pom.LIVER).initialModels());
    assertEquals(List.of(ofLiver, ofStudent), Pom.experiment(both).initialModels());
    assertEquals(List.of(ofLiver), Pom.experiment(both, "methods=marginal").initialModels());
    assertEquals(
        List.of(ofStudent),
        Pom.experiment(
                Pom.LIVER
                    + methods.formatted(
                        "<initialModel> %s </initialModel>"
                            .formatted(Pom.BASEDIR.resolve("models/a.mskd"))))
            .initialModels());
    Pom.assertRefused(
        liver + methods.formatted(""), "Methods marginal and fine-tuned", "the same student twice");
    Pom.assertRefused(
        "<datasets><dataset><name>both</name><directory>d</directory><labels><label>"
            + "<organ>liver</organ><value>1</value></label></labels>"
            + initial
            + "</dataset></datasets>",
        "<dataset> both has <initialModel>, which belongs to a set with an <organ>");
    Pom.assertRefused(Pom.LIVER + "<training>" + initial + "</training>", "initialModel");
    Pom.assertRefused(
        Pom.LIVER
            + "<teachers><teacher><organ>liver</organ>"
            + initial
            + "<model>m</model></teacher></teachers>",
        "initialModel");
  }

  @Test
  void anAblationBeginsAsTheStudentThatItIsASettingOf() {
    Path model = Pom.BASEDIR.resolve("models/a.mskd");
    String pom =
        Pom.LIVER
            + "<methods><method><name>mskd</name><initialModel>models/a.mskd</initialModel></method>"
            + "<method><name>mskd-no-sort</name><initialModel>models/b.mskd</initialModel></method>"
            + "<method><name>other</name><temperature>2</temperature></method></methods>";
    assertEquals(
        List.of(
            InitialModel.ofStudent("mskd-logits", model),
            InitialModel.ofStudent("mskd-no-sort", Pom.BASEDIR.resolve("models/b.mskd"))),
        Pom.experiment(pom, "methods=mskd-logits,mskd-no-sort,other").initialModels());
  }

  @Test
  void aTeacherThatIsGivenBeginsWithNothing() {
    TeacherOnDisk.write(folder.resolve("m"), "liver");
    Section section =
        Pom.section(
            folder,
            Pom.LIVER.replace("</dataset>", "<initialModel>a</initialModel></dataset>")
                + "<teachers><teacher><organ>liver</organ><model>m</model></teacher></teachers>");
    String message =
        assertThrows(BadInputException.class, () -> new ExperimentReader(section).experiment())
            .getMessage();
    assertTrue(
        message.contains("for teacher liver, which is given as a <teacher> and not trained"),
        message);
  }
}
