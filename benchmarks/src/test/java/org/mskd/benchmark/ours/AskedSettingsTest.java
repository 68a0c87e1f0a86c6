package org.mskd.benchmark.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Network;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;

class AskedSettingsTest {
  @Test
  void withoutArgumentsTheSettingsAreThoseOfThePaper() {
    assertEquals(Training.DEFAULT, AskedSettings.training(Arguments.none()));
    assertEquals(Network.DEFAULT, AskedSettings.network(Arguments.none(), Network.DEFAULT));
  }

  @Test
  void argumentsSetElementsByTheirNames() {
    Arguments asked =
        Arguments.parse(
            "neighbours=1",
            "blocks=residual",
            "augmentationKind=full",
            "deepSupervision=true",
            "optimizer=sgd",
            "weightAverage=0.99");
    Network network = AskedSettings.network(asked, Network.DEFAULT);
    assertEquals(3, network.inputChannels());
    assertEquals(Blocks.RESIDUAL, network.blocks());
    assertEquals(Network.DEFAULT.baseChannels(), network.baseChannels());
    Training training = AskedSettings.training(asked);
    assertEquals(AugmentationKind.FULL, training.augmentationKind());
    assertEquals(true, training.deepSupervision());
    assertInstanceOf(Sgd.class, training.optimizer());
    assertEquals(0.99, training.weightAverage());
  }

  @Test
  void unknownValuesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AskedSettings.training(Arguments.parse("optimizer=lion")));
    assertThrows(
        IllegalArgumentException.class,
        () -> AskedSettings.network(Arguments.parse("blocks=dense"), Network.DEFAULT));
  }
}
