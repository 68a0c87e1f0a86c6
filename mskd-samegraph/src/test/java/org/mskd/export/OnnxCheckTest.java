package org.mskd.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceSource;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.model.Model;
import org.mskd.model.Tensor;

class OnnxCheckTest {
  private static final int SIZE = 24;
  private static final int SIDE = 16;
  private static final Architecture PLAIN = UNet2d.of(new Network(3, 2, Normalization.INSTANCE), 3);

  @TempDir Path folder;

  /** Slices whose pixels are known: random ones, and the first pixel numbers the slice. */
  private record Numbered(String id, int slices, int first) implements SliceSource {
    @Override
    public SliceGeometry geometry() {
      return new SliceGeometry(SIZE, SIZE, slices, 1, 1, 1, SIZE, slices, SIZE, SIZE, 0, 0, 1, 1);
    }

    @Override
    public void image(int slice, float[] out, int offset) {
      SplittableRandom random = new SplittableRandom(first + slice);
      for (int i = 0; i < SIZE * SIZE; i++) {
        out[offset + i] = (float) random.nextDouble(-1, 1);
      }
      int middle = (SIZE - SIDE) / 2;
      out[offset + middle * SIZE + middle] = first + slice;
    }
  }

  private Model model(SortedMap<String, Tensor> weights) {
    return ExportedNetworks.write(
        folder.resolve("model.mskd"), ExportedNetworks.card(PLAIN, SIZE, SIDE), weights);
  }

  private CheckResult check(SortedMap<String, Tensor> exported, SortedMap<String, Tensor> weights) {
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(file, PLAIN, exported, SIDE, OnnxNorm.COMPOSED, new TreeMap<>());
    CheckSlices slices = new CheckSlices(List.of(new Numbered("a", 5, 0)), SIDE, Neighbours.NONE);
    return OnnxCheck.of(file, model(weights), slices, 1);
  }

  @Test
  void theExportOfAModelHolds() {
    SortedMap<String, Tensor> weights = ExportedNetworks.weights(PLAIN, 3);
    CheckResult result = check(weights, weights);
    assertTrue(result.holds(), result.toString());
    assertEquals(5, result.slices());
    assertTrue(
        result.text().matches("ONNX Runtime [0-9.]+: largest difference \\d\\.\\de-\\d+ of .*"),
        result.text());
  }

  /** Neighbours 1.5 slices away; the channels are in the other layout. */
  @Test
  void theExportOfANetworkWithNeighboursHolds() {
    Architecture architecture =
        UNet2d.of(new Network(3, 2, Normalization.INSTANCE, new Neighbours(1, 1.5)), 3);
    SortedMap<String, Tensor> weights = ExportedNetworks.weights(architecture, 3);
    Model model =
        ExportedNetworks.write(
            folder.resolve("model.mskd"), ExportedNetworks.card(architecture, SIZE, SIDE), weights);
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(file, architecture, weights, SIDE, OnnxNorm.COMPOSED, new TreeMap<>());
    CheckSlices slices =
        new CheckSlices(
            List.of(new Numbered("a", 5, 0)), SIDE, architecture.network().neighbours());
    CheckResult result = OnnxCheck.of(file, model, slices, 1);
    assertTrue(result.holds(), result.toString());
    float[] image = new float[3 * SIDE * SIDE];
    slices.read(1, image, 0); // of the places -0.5, 1 and 2.5, the first is below the scan
    assertArrayEquals(new float[] {0, 1, 2.5f}, Arrays.copyOf(image, 3));
  }

  /** Two images of two pixels with three channels. */
  @Test
  void channelsComeBeforePixelsInOnnx() {
    float[] ours = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    assertArrayEquals(
        new float[] {1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12}, OnnxCheck.channelsFirst(ours, 3, 2));
  }

  /** One of thousands of weights, at the far end of the network. */
  @Test
  void oneAlteredWeightIsFound() {
    SortedMap<String, Tensor> altered = ExportedNetworks.weights(PLAIN, 3);
    altered.get("encoder.2.conv2.weight").values()[5] += 0.2f;
    CheckResult result = check(altered, ExportedNetworks.weights(PLAIN, 3));
    assertFalse(result.holds(), result.toString());
  }

  /** Two classes, one pixel each: logits 0 and 1 with a deviation of 0.5. */
  @Test
  void theBoundsAreThoseOfTheLogitsDeviation() {
    assertTrue(compared(0, 1, 0, 1.0004f).holds(), "below 0.0005");
    assertFalse(compared(0, 1, 0, 1.0006f).holds(), "above 0.0005");
    CheckResult near = compared(0, 1, 0, 1.0004f);
    assertEquals(0.5, near.deviation(), 1e-12);
    assertEquals(0.0004, near.largestDifference(), 1e-6);
    assertEquals(0, near.otherLabels());
  }

  @Test
  void anotherLabelIsAllowedWhereTheLargestLogitsAreNearlyEqual() {
    LogitComparison comparison = new LogitComparison(2);
    // Deviation 1 over all; in the second pixel the classes change places within the tolerance.
    comparison.add(
        new float[] {-1, 1, 1, 1.0005f, -1, -1.0005f}, // by pixel
        new float[] {-1, 1.0006f, -1, 1, 1, -1.0005f}, // by class
        1,
        3);
    CheckResult result = comparison.result(1, "x");
    assertEquals(1, result.otherLabels());
    assertEquals(0.0005, result.widestGap(), 1e-6);
    assertTrue(result.holds(), result.toString());
    assertTrue(result.text().contains("labels differ in 1 pixels"), result.text());
    assertFalse(new CheckResult("x", 1, 0.0005, 1, 1, 0.0021).holds());
  }

  @Test
  void aNumberThatIsNoneNeverHolds() {
    assertFalse(compared(0, 1, 0, Float.NaN).holds());
    assertFalse(compared(0, Float.POSITIVE_INFINITY, 0, Float.POSITIVE_INFINITY).holds());
  }

  private static CheckResult compared(float a, float b, float foundA, float foundB) {
    LogitComparison comparison = new LogitComparison(2);
    comparison.add(new float[] {a, b}, new float[] {foundA, foundB}, 1, 1);
    return comparison.result(1, "x");
  }

  /** The library runs without it, as it does in the workers of other goals. */
  @Test
  void aMissingRuntimeIsNamed() throws Exception {
    URL[] others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("onnxruntime"))
            .map(entry -> url(Path.of(entry)))
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      Method open =
          loader
              .loadClass("org.mskd.export.OnnxCheck")
              .getDeclaredMethod("open", Path.class, int.class);
      open.setAccessible(true);
      Throwable e =
          assertThrows(
                  InvocationTargetException.class, () -> open.invoke(null, folder.resolve("x"), 1))
              .getCause();
      assertEquals("org.mskd.problem.BadInputException", e.getClass().getName());
      assertEquals(
          "ONNX Runtime, com.microsoft.onnxruntime:onnxruntime, is not on the class path. Add it."
              + " To export without the check, set <exportCheck=false>.",
          e.getMessage());
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 100 slices of two scans: every second or third one, in the order of the scans. */
  @Test
  void slicesAreEvenlySpacedOverAllScans() {
    CheckSlices slices =
        new CheckSlices(
            List.of(new Numbered("a", 30, 0), new Numbered("b", 70, 30)), SIDE, Neighbours.NONE);
    assertEquals(40, slices.count());
    float[] image = new float[2 * SIDE * SIDE];
    for (int n = 0; n < 40; n++) {
      slices.read(n, image, SIDE * SIDE);
      assertEquals(Math.floorDiv(n * 5, 2), image[SIDE * SIDE], "slice " + n);
    }
    assertThrows(
        IllegalArgumentException.class, () -> new CheckSlices(List.of(), SIDE, Neighbours.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CheckSlices(List.of(new Numbered("a", 1, 0)), SIZE + 1, Neighbours.NONE));
  }
}
