package org.mskd.graph.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.graph.kernel.Backend;
import org.mskd.graph.kernel.ConvolutionEngine;
import org.mskd.graph.kernel.Kernels;
import org.mskd.graph.onednn.OneDnnConvolution;
import org.mskd.problem.BadInputException;

/**
 * Chooses the execution backend of a graph's operations: kernels in Java, oneDNN, or ND4J's own
 * operations.
 */
public final class Engine {
  /** The system property that chooses the engine for convolutions. */
  private static final String CHOICE = "mskd.convolution";

  private Engine() {}

  /**
   * Whether graphs are built from fused operations with Java kernels: on a CPU, unless the system
   * property {@code mskd.composed} is {@code true}. On other backends copying to host memory would
   * cost more than it saves.
   */
  public static boolean fused() {
    return Backend.cpu() && !Boolean.getBoolean("mskd.composed");
  }

  /** The parts of {@link #description} that decide the bits of a result, by name. */
  public static SortedMap<String, String> parts() {
    try (ConvolutionEngine convolution = convolution(false)) {
      return new TreeMap<>(
          Map.of(
              "backend", Backend.name(),
              "convolution", convolution == null ? "ND4J" : convolution.name(),
              "normalisation", fused() ? "fused" : "composed"));
    }
  }

  /**
   * A description of the execution backends for logs and provenance. Equal seeds give equal bits
   * only where the descriptions are equal.
   */
  public static String description() {
    try (ConvolutionEngine convolution = convolution(false)) {
      return "%s, %s normalisation, %s convolution, %d threads"
          .formatted(
              Backend.name(),
              fused() ? "fused" : "composed",
              convolution == null ? "ND4J" : convolution.name(),
              Kernels.threads());
    }
  }

  /**
   * The reason why oneDNN cannot be loaded; empty where it can, or where {@code mskd.convolution}
   * excludes it.
   */
  public static Optional<String> oneDnnFailure() {
    boolean undecided = System.getProperty(CHOICE, "").isEmpty();
    return undecided && Backend.cpu() && !OneDnn.FAILURE.isEmpty()
        ? Optional.of(OneDnn.FAILURE)
        : Optional.empty();
  }

  /**
   * A new engine for convolutions, or null for ND4J's own. oneDNN is used on a CPU backend where
   * its binding is on the class path and its native library loads. The system property {@code
   * mskd.convolution}, {@code nd4j} or {@code onednn}, overrides that.
   *
   * @param frozen whether weights never change after their first use
   * @throws BadInputException where the property has another value, or oneDNN cannot be loaded
   */
  public static ConvolutionEngine convolution(boolean frozen) {
    return oneDnn() ? new OneDnnConvolution(frozen) : null;
  }

  /**
   * Whether graphs are built with the operation that replaces concatenation, up-sampling and
   * convolution: where graphs are fused, and oneDNN computes convolutions and has a fast transposed
   * convolution for this processor.
   *
   * @throws BadInputException as {@link #convolution}
   */
  public static boolean joins() {
    return fused() && oneDnn() && Transposed.FAST;
  }

  private static boolean oneDnn() {
    String choice = System.getProperty(CHOICE, "");
    return switch (choice) {
      case "" -> Backend.cpu() && OneDnn.FAILURE.isEmpty();
      case "nd4j" -> false;
      case "onednn" -> {
        if (!Backend.cpu() || !OneDnn.FAILURE.isEmpty()) {
          throw new BadInputException(
              "mskd.convolution is onednn, but oneDNN cannot be used"
                  + (Backend.cpu() ? ": " + OneDnn.FAILURE + "." : " on this backend."),
              "Leave the property out, or put org.bytedeco:dnnl and its natives on the class"
                  + " path.");
        }
        yield true;
      }
      default ->
          throw new BadInputException(
              "mskd.convolution is '" + choice + "'.",
              "Set it to nd4j or onednn, or leave it out.");
    };
  }

  /** Tested once; initialised only where oneDNN can be loaded. */
  private static final class Transposed {
    static final boolean FAST = OneDnnConvolution.joins();
  }

  /** Loads oneDNN once, without a reference to its classes, which may be absent. */
  private static final class OneDnn {
    /** The reason why it cannot be loaded, or empty where it can. */
    static final String FAILURE = load();

    private static String load() {
      try {
        Class.forName("org.bytedeco.dnnl.global.dnnl");
        return "";
      } catch (ClassNotFoundException | LinkageError e) {
        return e.toString();
      }
    }
  }
}
