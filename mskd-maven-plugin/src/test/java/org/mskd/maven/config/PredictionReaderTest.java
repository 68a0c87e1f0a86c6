package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.KeptComponents;

class PredictionReaderTest {
  /** Models of others may have organs with blanks in their names. */
  @Test
  void anOrganOfSeveralWordsHasComponentsToo() {
    assertEquals(
        List.of(new KeptComponents("left kidney", 1), new KeptComponents("liver", 2)),
        ComponentsReader.read(Pom.section("", "components=left kidney 1, liver=2")));
  }

  @Test
  void whatHasNoEffectOnPredictionsIsKnown() {
    Properties session = new Properties();
    session.setProperty("mskd.model", "m");
    session.setProperty("mskd.window", "0 1");
    session.setProperty("mskd.components", "liver 1");
    assertEquals(
        List.of("-Dmskd.window"),
        PredictionReader.ignored(
            MskdProperties.ofGoal(session, new Properties(), "predict", true)));
  }
}
