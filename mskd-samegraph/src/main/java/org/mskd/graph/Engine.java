package org.mskd.graph;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** Chooses what runs the graph on this backend: our hands, or ND4J's own operations. */
public final class Engine {
  /** The system property that decides what convolves. */
  private static final String CHOICE = "mskd.convolution";

  private Engine() {}

  /**
   * Loads the backend, which the first use of an array would otherwise do.
   *
   * @throws LinkageError or a RuntimeException of ND4J's where there is none that works here
   */
  public static void load() {
    if (Nd4j.getBackend() == null) {
      throw new IllegalStateException("ND4J found no backend");
    }
  }

  /** Whether arrays lie in memory Java can reach. */
  public static boolean cpu() {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  /**
   * Whether graphs are built from our fused operations: on a CPU, unless the system property {@code
   * mskd.composed} is {@code true}; elsewhere copying to Java would cost more than it saves.
   */
  public static boolean fused() {
    return cpu() && !Boolean.getBoolean("mskd.composed");
  }

  /**
   * What sessions made now run on, in words for logs and provenance: equal seeds give equal bits
   * only where this is equal.
   */
  public static String description() {
    try (ConvolutionEngine convolution = convolution(false)) {
      return "%s, %s normalisation, %s convolution, %d threads"
          .formatted(
              Nd4j.getBackend().getClass().getSimpleName(),
              fused() ? "fused" : "composed",
              convolution == null ? "ND4J" : convolution.name(),
              Kernels.threads());
    }
  }

  /** The parts of {@link #description} that decide the bits of a result, by name. */
  public static SortedMap<String, String> parts() {
    try (ConvolutionEngine convolution = convolution(false)) {
      return new TreeMap<>(
          Map.of(
              "backend", Nd4j.getBackend().getClass().getSimpleName(),
              "convolution", convolution == null ? "ND4J" : convolution.name(),
              "normalisation", fused() ? "fused" : "composed"));
    }
  }

  /** Why oneDNN is not used though nobody decided against it; empty where it is. */
  public static Optional<String> oneDnnFailure() {
    boolean undecided = System.getProperty(CHOICE, "").isEmpty();
    return undecided && cpu() && !OneDnn.FAILURE.isEmpty()
        ? Optional.of(OneDnn.FAILURE)
        : Optional.empty();
  }

  /**
   * A new engine for convolutions, or null for ND4J's own: oneDNN's where arrays lie in memory, its
   * binding is on the class path, and its natives load; the system property {@code
   * mskd.convolution}, {@code nd4j} or {@code onednn}, decides otherwise.
   *
   * @param frozen whether weights never change once they were used
   * @throws BadInputException where the property cannot be obeyed
   */
  static ConvolutionEngine convolution(boolean frozen) {
    return oneDnn() ? new OneDnnConvolution(frozen) : null;
  }

  /**
   * Whether graphs are built with {@link JoinedConvolution}: where graphs are fused, and oneDNN
   * convolves and has a fast transposed convolution for this processor.
   *
   * @throws BadInputException where {@code mskd.convolution} cannot be obeyed
   */
  static boolean joins() {
    return fused() && oneDnn() && Transposed.FAST;
  }

  private static boolean oneDnn() {
    String choice = System.getProperty(CHOICE, "");
    return switch (choice) {
      case "" -> cpu() && OneDnn.FAILURE.isEmpty();
      case "nd4j" -> false;
      case "onednn" -> {
        if (!cpu() || !OneDnn.FAILURE.isEmpty()) {
          throw new BadInputException(
              "mskd.convolution is onednn, but oneDNN cannot be used"
                  + (cpu() ? ": " + OneDnn.FAILURE + "." : " on this backend."),
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

  /** Asks oneDNN once; touched only where it loads. */
  private static final class Transposed {
    static final boolean FAST = OneDnnConvolution.joins();
  }

  /** Tries oneDNN once, without a reference to its classes, which may be absent. */
  private static final class OneDnn {
    /** Why it cannot be used, or empty where it can. */
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
