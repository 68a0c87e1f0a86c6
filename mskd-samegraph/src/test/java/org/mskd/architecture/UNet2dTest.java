package org.mskd.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

class UNet2dTest {
  private static List<String> parameters(Architecture architecture) {
    return architecture.parameters().stream()
        .map(parameter -> parameter.name() + parameter.lengths())
        .toList();
  }

  /** Written out by hand: names are persisted in archives, so that none may change. */
  @Test
  void parametersOfOneDownsamplingWithNormalisation() {
    Network network = new Network(4, 1, Normalization.INSTANCE);
    assertEquals(
        List.of(
            "encoder.0.conv1.weight[3, 3, 2, 4]",
            "encoder.0.conv1.bias[4]",
            "encoder.0.norm1.scale[4]",
            "encoder.0.norm1.shift[4]",
            "encoder.0.conv2.weight[3, 3, 4, 4]",
            "encoder.0.conv2.bias[4]",
            "encoder.0.norm2.scale[4]",
            "encoder.0.norm2.shift[4]",
            "encoder.1.conv1.weight[3, 3, 4, 8]",
            "encoder.1.conv1.bias[8]",
            "encoder.1.norm1.scale[8]",
            "encoder.1.norm1.shift[8]",
            "encoder.1.conv2.weight[3, 3, 8, 8]",
            "encoder.1.conv2.bias[8]",
            "encoder.1.norm2.scale[8]",
            "encoder.1.norm2.shift[8]",
            "decoder.0.conv1.weight[3, 3, 12, 4]",
            "decoder.0.conv1.bias[4]",
            "decoder.0.norm1.scale[4]",
            "decoder.0.norm1.shift[4]",
            "decoder.0.conv2.weight[3, 3, 4, 4]",
            "decoder.0.conv2.bias[4]",
            "decoder.0.norm2.scale[4]",
            "decoder.0.norm2.shift[4]",
            "head.weight[1, 1, 4, 5]",
            "head.bias[5]"),
        parameters(new UNet2d(network, 2, 5)));
  }

  @Test
  void parametersOfTwoDownsamplingsWithoutNormalisation() {
    Network network = new Network(1, 2, Normalization.NONE);
    assertEquals(
        List.of(
            "encoder.0.conv1.weight[3, 3, 1, 1]",
            "encoder.0.conv1.bias[1]",
            "encoder.0.conv2.weight[3, 3, 1, 1]",
            "encoder.0.conv2.bias[1]",
            "encoder.1.conv1.weight[3, 3, 1, 2]",
            "encoder.1.conv1.bias[2]",
            "encoder.1.conv2.weight[3, 3, 2, 2]",
            "encoder.1.conv2.bias[2]",
            "encoder.2.conv1.weight[3, 3, 2, 4]",
            "encoder.2.conv1.bias[4]",
            "encoder.2.conv2.weight[3, 3, 4, 4]",
            "encoder.2.conv2.bias[4]",
            "decoder.1.conv1.weight[3, 3, 6, 2]",
            "decoder.1.conv1.bias[2]",
            "decoder.1.conv2.weight[3, 3, 2, 2]",
            "decoder.1.conv2.bias[2]",
            "decoder.0.conv1.weight[3, 3, 3, 1]",
            "decoder.0.conv1.bias[1]",
            "decoder.0.conv2.weight[3, 3, 1, 1]",
            "decoder.0.conv2.bias[1]",
            "head.weight[1, 1, 1, 2]",
            "head.bias[2]"),
        parameters(UNet2d.of(network, 2)));
  }

  /** nnU-Net's 2-D start: 32 channels, 4 downsamplings; the sum of the layers by hand. */
  @Test
  void defaultNetworkHasItsNumberOfParameters() {
    long encoder = 9 * (32 + 32 * 32 + 32 * 64 + 64 * 64 + 64 * 128 + 128 * 128);
    encoder += 9 * (128 * 256 + 256 * 256 + 256 * 512 + 512 * 512);
    long decoder = 9 * (768 * 256 + 256 * 256 + 384 * 128 + 128 * 128);
    decoder += 9 * (192 * 64 + 64 * 64 + 96 * 32 + 32 * 32);
    // A bias, a scale and a shift for each output channel of each 3x3 convolution.
    long perChannel = 3 * 2 * (32 + 64 + 128 + 256 + 512 + 256 + 128 + 64 + 32);
    long head = 32 * 3 + 3;
    long count =
        UNet2d.of(Network.DEFAULT, 3).parameters().stream().mapToLong(ParameterShape::count).sum();
    assertEquals(encoder + decoder + perChannel + head, count);
  }

  @Test
  void architecturesAreFoundByName() {
    UNet2d network = new UNet2d(Network.DEFAULT, 3, 4);
    assertEquals(network, Architecture.of("unet-2d", Network.DEFAULT, 3, 3));
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> Architecture.of("unet-3d", Network.DEFAULT, 1, 2));
    assertTrue(unknown.getMessage().contains("'unet-3d'"), unknown.getMessage());
    for (int[] counts : new int[][] {{0, 2}, {1, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Architecture.of("unet-2d", Network.DEFAULT, counts[0], counts[1]));
    }
  }
}
