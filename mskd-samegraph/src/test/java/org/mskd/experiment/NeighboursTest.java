package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.problem.BadInputException;

class NeighboursTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 3", "2, 5", "3, 7"})
  void aSliceAndItsNeighboursAreTheChannels(int perSide, int channels) {
    Neighbours neighbours = new Neighbours(perSide, 2.5);
    assertEquals(channels, neighbours.channels());
    assertEquals(perSide == 0, neighbours.none());
    Network network = Network.DEFAULT.withNeighbours(neighbours);
    assertEquals(channels, network.inputChannels());
    assertEquals(32, network.baseChannels());
  }

  @Test
  void withoutNeighboursTheirDistanceIsNoDifference() {
    assertEquals(Neighbours.NONE, new Neighbours(0, 5));
    assertEquals(Neighbours.NONE, Network.DEFAULT.neighbours());
    assertEquals(new Neighbours(1, 0), new Neighbours(1, -0.0));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, neighbours is -1",
    "4, 0, neighbours is 4",
    "1, -0.5, neighbourDistance is -0.5",
    "1, 101, neighbourDistance is 101",
    "0, -1, neighbourDistance is -1",
    "1, NaN, neighbourDistance is NaN",
    "1, Infinity, neighbourDistance is Infinity"
  })
  void otherValuesAreRefused(int perSide, double distance, String problem) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> new Neighbours(perSide, distance));
    assertTrue(e.problem().startsWith(problem), e.problem());
  }

  @Test
  void jsonOfEarlierVersionsHasNone() {
    assertEquals(
        Network.DEFAULT,
        ExperimentJson.read(
            "{\"baseChannels\":32,\"depth\":4,\"normalization\":\"INSTANCE\"}", Network.class));
    Network network = Network.DEFAULT.withNeighbours(new Neighbours(2, 7.5));
    assertEquals(network, ExperimentJson.read(ExperimentJson.write(network), Network.class));
  }

  /** With 2 base channels the skipped and the up-sampled features of a pixel are 6. */
  @Test
  void theInputCanHaveTheMostChannels() {
    Network network = new Network(2, 2, Normalization.INSTANCE, new Neighbours(3, 0));
    assertEquals(7, network.widest(2));
    assertEquals(6, network.withNeighbours(Neighbours.NONE).widest(2));
  }
}
