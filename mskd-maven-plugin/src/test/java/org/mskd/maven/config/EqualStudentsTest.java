package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Distillation;
import org.mskd.problem.BadInputException;

class EqualStudentsTest {
  private static void read(String distillation, String methods) {
    String pom = "<distillation>" + distillation + "</distillation>";
    MethodsReader.read(Pom.section(pom, "methods=" + methods), Distillation.DEFAULT);
  }

  private static void declare(String one, String other) {
    MethodsReader.read(
        Pom.section(
            "<methods><method><name>one</name>%s</method><method><name>other</name>%s</method></methods>"
                .formatted(one, other)),
        Distillation.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "<featureWeight>0</featureWeight>, mskd mskd-no-sort",
    "<featureWeight>0</featureWeight>, mskd mskd-level-3",
    "<featureWeight>0</featureWeight>, mskd mskd-logits",
    "<backgroundWeight>0</backgroundWeight>, mskd mskd-no-background",
    "<regionMasks>false</regionMasks>, mskd mskd-no-mask",
    "'', mskd mskd-level-1"
  })
  void namesWithTheSameLossAreRefused(String distillation, String methods) {
    String[] names = methods.split(" ");
    String message =
        assertThrows(BadInputException.class, () -> read(distillation, methods)).getMessage();
    assertTrue(
        message.startsWith(
            "Methods %s and %s would train the same student twice".formatted(names[0], names[1])),
        message);
  }

  @Test
  void ownNamesWithTheSameLossAreRefused() {
    BadInputException e = assertThrows(BadInputException.class, () -> declare("", ""));
    assertEquals(
        "Methods one and other would train the same student twice: their losses are the same.",
        e.problem());
    String none = "<featureWeight>0</featureWeight>";
    assertThrows(
        BadInputException.class,
        () -> declare(none, none + "<maskDownsampling>max</maskDownsampling>"));
    String unmasked = "<regionMasks>false</regionMasks>";
    assertThrows(
        BadInputException.class, () -> declare(unmasked, unmasked + "<overlap>winner</overlap>"));
    assertThrows(
        BadInputException.class,
        () -> declare(unmasked, unmasked + "<lossNormalization>region</lossNormalization>"));
  }

  @Test
  void studentsThatDifferInOneRelevantElementAreAccepted() {
    String none = "<featureWeight>0</featureWeight>";
    assertDoesNotThrow(() -> declare(none, none + "<overlap>winner</overlap>"));
    assertDoesNotThrow(() -> declare(none, none + "<regionMasks>false</regionMasks>"));
    assertDoesNotThrow(() -> declare("", "<maskDownsampling>max</maskDownsampling>"));
    assertDoesNotThrow(() -> declare("", "<lossNormalization>region</lossNormalization>"));
    assertDoesNotThrow(() -> declare("", "<features>decoder</features>"));
    String all = "mskd mskd-logits mskd-no-background mskd-no-mask mskd-no-sort";
    assertDoesNotThrow(
        () -> read("", all + " mskd-level-0 mskd-level-2 mskd-level-3 mskd-level-4"));
  }
}
