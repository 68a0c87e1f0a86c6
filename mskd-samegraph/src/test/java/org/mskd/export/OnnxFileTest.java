package org.mskd.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.model.Model;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;
import org.mskd.training.FrozenNetwork;

/** The graph against our own network, through ONNX Runtime. */
class OnnxFileTest {
  private static final int SIDE = 16;
  private static final int AREA = SIDE * SIDE;

  @TempDir Path folder;

  private static Architecture architecture(
      String name, int organs, int depth, Normalization normalization) {
    return architecture(name, organs, depth, normalization, Blocks.PLAIN);
  }

  private static Architecture architecture(
      String name, int organs, int depth, Normalization normalization, Blocks blocks) {
    return Architecture.of(
        name, new Network(3, depth, normalization).withBlocks(blocks), 1, organs);
  }

  private static float[] images(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[count * AREA];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    return images;
  }

  private Model model(Architecture architecture, long seed) {
    return ExportedNetworks.write(
        folder.resolve("model.mskd"),
        ExportedNetworks.card(architecture, SIDE, SIDE),
        ExportedNetworks.weights(architecture, seed));
  }

  private Path export(Model model) {
    return export(model, OnnxNorm.COMPOSED);
  }

  private Path export(Model model, OnnxNorm norm) {
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(
        file,
        model.card().architecture(),
        model.tensors(),
        SIDE,
        norm,
        new TreeMap<>(Map.of("a", "b")));
    return file;
  }

  /** All parameters matter, channels keep their order, and the batch is free. */
  @ParameterizedTest
  @CsvSource({
    "unet-2d, 3, 1, INSTANCE, PLAIN",
    "unet-2d, 1, 2, INSTANCE, PLAIN",
    "unet-2d, 2, 3, NONE, PLAIN",
    "unet-2d-conditional, 1, 1, INSTANCE, PLAIN",
    "unet-2d-conditional, 3, 2, INSTANCE, PLAIN",
    "unet-2d-conditional, 2, 3, NONE, PLAIN",
    "unet-2d-dynamic-head, 1, 1, INSTANCE, PLAIN",
    "unet-2d-dynamic-head, 3, 2, INSTANCE, PLAIN",
    "unet-2d-dynamic-head, 2, 3, NONE, PLAIN",
    "unet-2d, 3, 2, INSTANCE, RESIDUAL",
    "unet-2d, 2, 1, NONE, RESIDUAL",
    "unet-2d-conditional, 2, 2, INSTANCE, RESIDUAL",
    "unet-2d-dynamic-head, 2, 2, INSTANCE, RESIDUAL"
  })
  void givesTheLogitsOfOurNetwork(
      String name, int organs, int depth, Normalization normalization, Blocks blocks) {
    long seed = System.nanoTime();
    Model model = model(architecture(name, organs, depth, normalization, blocks), seed);
    Path file = export(model);
    int classes = organs + 1;
    try (OnnxRuntime runtime = OnnxRuntime.open(file, 1)) {
      for (int batch : new int[] {1, 3}) {
        float[] images = images(batch, seed);
        float[] theirs = runtime.logits(images, batch, 1, SIDE);
        assertEquals(batch * classes * AREA, theirs.length);
        try (FrozenNetwork network = new FrozenNetwork(model, batch)) {
          float[] ours = network.logits(images);
          LogitComparison comparison = new LogitComparison(classes);
          comparison.add(ours, theirs, batch, AREA);
          CheckResult result = comparison.result(batch, "");
          assertTrue(result.deviation() > 0.01, "seed " + seed + ": " + result);
          assertTrue(
              result.largestDifference() < 1e-4 * result.deviation(),
              "seed " + seed + ": " + result);
        }
      }
    }
  }

  /** The form of the benchmarks. */
  @Test
  void theOperatorGivesTheSameLogits() {
    Model model = model(architecture(UNet2d.NAME, 2, 2, Normalization.INSTANCE), 4);
    float[] images = images(1, 4);
    float[] composed;
    try (OnnxRuntime runtime = OnnxRuntime.open(export(model, OnnxNorm.COMPOSED), 1)) {
      composed = runtime.logits(images, 1, 1, SIDE);
    }
    try (OnnxRuntime runtime = OnnxRuntime.open(export(model, OnnxNorm.OPERATOR), 1)) {
      assertArrayEquals(composed, runtime.logits(images, 1, 1, SIDE), 1e-4f);
    }
  }

  @Test
  void equalModelsGiveEqualBytesAndOthersDoNot() throws IOException {
    Architecture architecture = architecture(UNet2d.NAME, 2, 2, Normalization.INSTANCE);
    byte[] first = Files.readAllBytes(export(model(architecture, 1)));
    assertArrayEquals(first, Files.readAllBytes(export(model(architecture, 1))));
    byte[] other = Files.readAllBytes(export(model(architecture, 2)));
    assertEquals(first.length, other.length);
    assertFalse(java.util.Arrays.equals(first, other));
  }

  @Test
  void metadataSaysHowToUseTheNetwork() {
    Model model = model(architecture(UNet2d.NAME, 2, 2, Normalization.INSTANCE), 1);
    SortedMap<String, String> metadata = ExportMetadata.of(model, "mine", "abc", "1.2");
    Path file = folder.resolve("mine.onnx");
    OnnxFile.write(
        file, model.card().architecture(), model.tensors(), SIDE, OnnxNorm.COMPOSED, metadata);
    try (OnnxRuntime runtime = OnnxRuntime.open(file, 1)) {
      Map<String, String> found = runtime.metadata();
      assertEquals(metadata, new TreeMap<>(found));
      assertEquals("[\"background\",\"organ 1\",\"organ 2\"]", found.get("mskd.classes"));
      assertEquals("[-125.0,275.0]", found.get("mskd.window"));
      assertEquals("[]", found.get("mskd.targetSpacing"));
      assertEquals("16", found.get("mskd.sliceSize"));
      assertEquals("16", found.get("mskd.inputSize"));
      assertEquals("student", found.get("mskd.kind"));
      assertEquals("mine", found.get("mskd.name"));
      assertEquals("7", found.get("mskd.seed"));
      assertEquals("1.2", found.get("mskd.version"));
      assertEquals("abc", found.get("mskd.modelSha256"));
      assertEquals(model.digest(), found.get("mskd.weightsSha256"));
      assertTrue(found.get("mskd.axes").startsWith("RAS: "), found.get("mskd.axes"));
    }
  }

  /** They are missing where there are none, as in files of earlier versions. */
  @Test
  void metadataNameTheNeighbours() {
    SortedMap<String, String> single =
        ExportMetadata.of(
            model(architecture(UNet2d.NAME, 2, 2, Normalization.INSTANCE), 1), "a", "b", "c");
    assertFalse(single.containsKey("mskd.neighbours"), single::toString);
    Network network =
        new Network(3, 2, Normalization.INSTANCE).withNeighbours(new Neighbours(2, 2.5));
    SortedMap<String, String> metadata =
        ExportMetadata.of(model(UNet2d.of(network, 3), 1), "a", "b", "c");
    assertEquals("2", metadata.get("mskd.neighbours"));
    assertEquals("2.5", metadata.get("mskd.neighbourDistance"));
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Architecture architecture = architecture(UNet2d.NAME, 2, 2, Normalization.INSTANCE);
    SortedMap<String, Tensor> weights = ExportedNetworks.weights(architecture, 1);
    weights.remove("head.bias");
    Path file = folder.resolve("none.onnx");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                OnnxFile.write(
                    file, architecture, weights, SIDE, OnnxNorm.COMPOSED, new TreeMap<>()));
    assertTrue(e.problem().contains("it lacks head.bias"), e.problem());
    assertFalse(Files.exists(file));
  }

  @Test
  void whatIsNoOnnxFileIsRefused() throws IOException {
    Path file = folder.resolve("text.onnx");
    Files.writeString(file, "not a network");
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxRuntime.open(file, 1).close());
    assertTrue(e.problem().startsWith("ONNX Runtime refuses text.onnx: "), e.problem());
  }
}
