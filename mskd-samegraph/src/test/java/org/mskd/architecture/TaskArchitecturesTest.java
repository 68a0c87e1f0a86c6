package org.mskd.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

/** The task-specific networks, beside the plain one. */
class TaskArchitecturesTest {
  private static final Network SMALL = new Network(4, 2, Normalization.INSTANCE);

  private static List<String> parameters(Architecture architecture) {
    return architecture.parameters().stream()
        .map(parameter -> parameter.name() + parameter.lengths())
        .toList();
  }

  private static List<String> without(List<String> all, String prefix) {
    return all.stream().filter(name -> !name.startsWith(prefix)).toList();
  }

  /** Names are persisted in archives; those of encoder and decoder give equal first weights. */
  @Test
  void theDynamicHeadAddsReductionAndController() {
    List<String> expected = new ArrayList<>(without(parameters(new UNet2d(SMALL, 1, 4)), "head."));
    expected.add("reduction.weight[1, 1, 4, 8]");
    expected.add("reduction.bias[8]");
    // 16 channels of the bottleneck and 3 organs.
    expected.add("controller.weight[1, 1, 19, 153]");
    expected.add("controller.bias[153]");
    assertEquals(expected, parameters(new DynamicHeadUNet2d(SMALL, 1, 3)));
  }

  @Test
  void theConditionalNetworkAddsAWeightAChannelOfEachDecoderBlock() {
    List<String> expected = new ArrayList<>(without(parameters(new UNet2d(SMALL, 1, 4)), "head."));
    expected.add(
        expected.indexOf("decoder.1.conv1.weight[3, 3, 24, 8]"), "decoder.1.code.weight[8]");
    expected.add(
        expected.indexOf("decoder.0.conv1.weight[3, 3, 12, 4]"), "decoder.0.code.weight[4]");
    expected.add("head.weight[1, 1, 4, 1]");
    expected.add("head.bias[1]");
    assertEquals(expected, parameters(new ConditionalUNet2d(SMALL, 1, 3)));
  }

  @Test
  void codesAreEquallySpacedAndDiffer() {
    ConditionalUNet2d four = new ConditionalUNet2d(SMALL, 1, 4);
    float[] codes = {-1, -1 / 3f, 1 / 3f, 1};
    for (int k = 0; k < 4; k++) {
      assertEquals(codes[k], four.codeOf(k), 1e-6);
    }
    assertEquals(0, new ConditionalUNet2d(SMALL, 1, 1).codeOf(0));
  }

  @Test
  void passesHeadsAndOutputs() {
    List<Architecture> all =
        List.of(
            Architecture.of("unet-2d", SMALL, 1, 5),
            Architecture.of("unet-2d-conditional", SMALL, 1, 5),
            Architecture.of("unet-2d-dynamic-head", SMALL, 1, 5));
    assertEquals(List.of(1, 5, 1), all.stream().map(Architecture::passes).toList());
    assertEquals(List.of(1, 1, 5), all.stream().map(Architecture::heads).toList());
    assertEquals(List.of(6, 1, 5), all.stream().map(Architecture::outputs).toList());
    assertEquals(List.of(5, 5, 5), all.stream().map(Architecture::organs).toList());
    for (Architecture architecture : all.subList(1, 3)) {
      assertThrows(
          IllegalArgumentException.class, () -> Architecture.of(architecture.name(), SMALL, 1, 0));
      assertThrows(
          IllegalArgumentException.class, () -> Architecture.of(architecture.name(), SMALL, 0, 1));
    }
  }

  /** 8 x 8 + 8, 8 x 8 + 8, 8 + 1. */
  @Test
  void aHeadHasAsManyParametersAsThePaperPrints() {
    assertEquals(153, DynamicHeadUNet2d.HEAD_PARAMETERS);
  }

  /** Relative to the plain network of 3 organs by hand, 4 base channels. */
  @Test
  void parametersAreCounted() {
    long plain = new UNet2d(SMALL, 1, 4).parameterCount();
    long head = 4 * 4 + 4;
    assertEquals(plain - head + 8 + 4 + 5, new ConditionalUNet2d(SMALL, 1, 3).parameterCount());
    assertEquals(
        plain - head + 4 * 8 + 8 + 20 * 153, new DynamicHeadUNet2d(SMALL, 1, 3).parameterCount());
  }
}
