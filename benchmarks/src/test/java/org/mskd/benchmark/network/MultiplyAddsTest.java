package org.mskd.benchmark.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

class MultiplyAddsTest {
  /** Base 1, depth 1, 4x4 pixels: 16 of them at level 0 and 4 at level 1. */
  @Test
  void countsASmallNetworkAsByHand() {
    long encoder0 = 16 * (9 * 1 * 1 + 9 * 1 * 1);
    long encoder1 = 4 * (9 * 1 * 2 + 9 * 2 * 2);
    long decoder0 = 16 * (9 * (1 + 2) * 1 + 9 * 1 * 1);
    long head = 16 * 1 * 2;
    long sum = encoder0 + encoder1 + decoder0 + head;
    Network network = new Network(1, 1, Normalization.INSTANCE);
    assertEquals(1112, sum);
    assertEquals(sum, MultiplyAdds.forward(network, 2, 1, 4));
    assertEquals(3 * sum, MultiplyAdds.forward(network, 2, 3, 4));
    assertEquals(1e-9 * 2 * 3 * sum, MultiplyAdds.trainingGflop(network, 2, 1, 4), 1e-15);
  }

  @Test
  void arithmeticGrowsWithTheSquareOfTheSide() {
    Network network = new Network(16, 4, Normalization.INSTANCE);
    assertEquals(
        4 * MultiplyAdds.forward(network, 5, 4, 128), MultiplyAdds.forward(network, 5, 4, 256));
  }
}
