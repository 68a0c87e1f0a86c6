package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.aether.artifact.Artifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

class ModelCoordinatesTest {
  @ParameterizedTest
  @CsvSource({
    "org.h:liver-teacher:1.2, org.h:liver-teacher:1.2, ''",
    "org.h:abdomen:mskd:1.2-SNAPSHOT, org.h:abdomen:1.2-SNAPSHOT, ''",
    "org.h:abdomen:mskd:liver:1.2, org.h:abdomen:mskd:liver:1.2, liver",
  })
  void coordinatesAreThoseOfAnArtifact(String text, String shortest, String classifier) {
    ModelCoordinates coordinates = ModelCoordinates.parse(text);
    assertEquals(shortest, coordinates.toString());
    assertEquals(coordinates, ModelCoordinates.parse(coordinates.toString()));
    Artifact artifact = coordinates.toArtifact();
    assertEquals("org.h", artifact.getGroupId());
    assertEquals("mskd", artifact.getExtension());
    assertEquals(classifier, artifact.getClassifier());
    assertEquals(text.endsWith("SNAPSHOT"), artifact.isSnapshot());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "model.mskd",
        "org.h:liver",
        "org.h::1",
        "a:b:c:d:e:f",
        "C:\\models\\m.mskd",
        "a b:c:1",
        "a:b:[1,2)",
        "a/b:c:1",
        ":a:b:1",
        "a:b:1:"
      })
  void otherTextsAreNone(String text) {
    assertFalse(ModelCoordinates.isCoordinates(text));
    String message =
        assertThrows(BadInputException.class, () -> ModelCoordinates.parse(text)).getMessage();
    assertTrue(message.contains("'" + text + "' is not the coordinates of a model."), message);
  }

  @ParameterizedTest
  @CsvSource({
    "org.h:abdomen:liver:1, org.h:abdomen:liver:1 is an artifact of the type liver.",
    "org.h:abdomen:jar:liver:1, of the type jar.",
    "org.h:abdomen:LATEST, org.h:abdomen:LATEST has no fixed version.",
    "org.h:abdomen:mskd:liver:RELEASE, has no fixed version.",
  })
  void anotherTypeOrAMovingVersionIsRefused(String text, String problem) {
    String message =
        assertThrows(BadInputException.class, () -> ModelCoordinates.parse(text)).getMessage();
    assertTrue(message.contains(problem), message);
  }

  @Test
  void theTypeIsThatOfThePackaging() {
    assertEquals("mskd", ModelCoordinates.TYPE);
  }
}
