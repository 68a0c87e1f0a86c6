package org.mskd.export;

import java.nio.file.Path;
import org.mskd.model.Model;
import org.mskd.problem.BadInputException;
import org.mskd.training.FrozenNetwork;

/** Runs an exported network in ONNX Runtime and compares its logits with those of our own. */
public final class OnnxCheck {
  private static final int BATCH = 4;

  private OnnxCheck() {}

  /**
   * Compares.
   *
   * @param file the exported network
   * @param model that it was exported from
   * @param threads of ONNX Runtime
   * @throws BadInputException if ONNX Runtime is missing, or cannot load or run the file
   */
  public static CheckResult of(Path file, Model model, CheckSlices slices, int threads) {
    int side = model.card().inputSize();
    int pixels = side * side;
    int channels = model.card().inputChannels();
    float[] images = new float[BATCH * pixels * channels];
    try (OnnxRuntime theirs = open(file, threads);
        FrozenNetwork ours = new FrozenNetwork(model, BATCH)) {
      LogitComparison comparison = new LogitComparison(ours.classes());
      for (int first = 0; first < slices.count(); first += BATCH) {
        int filled = Math.min(BATCH, slices.count() - first);
        for (int n = 0; n < filled; n++) {
          slices.read(first + n, images, n * pixels * channels);
        }
        comparison.add(
            ours.logits(images),
            theirs.logits(channelsFirst(images, channels, pixels), filled, channels, side),
            filled,
            pixels);
      }
      return comparison.result(slices.count(), theirs.version());
    }
  }

  /**
   * The images in the layout of ONNX.
   *
   * @param images {@code [batch][pixels][channels]}
   * @return {@code [batch][channels][pixels]}
   */
  static float[] channelsFirst(float[] images, int channels, int pixels) {
    if (channels == 1) {
      return images;
    }
    float[] turned = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int pixel = Math.floorDiv(i, channels);
      int slot = Math.floorDiv(pixel, pixels);
      turned[(slot * channels + i % channels) * pixels + pixel % pixels] = images[i];
    }
    return turned;
  }

  /** Here, since {@link OnnxRuntime} itself cannot be loaded where its classes are missing. */
  static OnnxRuntime open(Path file, int threads) {
    try {
      return OnnxRuntime.open(file, threads);
    } catch (NoClassDefFoundError e) {
      throw new BadInputException(
          "ONNX Runtime, com.microsoft.onnxruntime:onnxruntime, is not on the class path.",
          "Add it. " + OnnxRuntime.WITHOUT,
          e);
    }
  }
}
