package org.mskd.maven.worker;

import java.util.Map;
import java.util.Optional;

/** The ND4J natives of a lock, where this machine can load them. */
public final class LockedBackend {
  private static final String NATIVE = "nd4j-native";

  private LockedBackend() {}

  /**
   * The coordinates as {@code <backend>} has them.
   *
   * @param tensors the environment in the lock, of which {@code nd4j-native} is version and
   *     classifier
   * @return empty if the lock has no such natives, or they are for another platform or processor
   */
  public static Optional<String> of(Map<String, String> tensors) {
    Platform platform = Platform.ofThisMachine();
    return of(tensors, platform, CpuFeatures.ofThisMachine(platform));
  }

  static Optional<String> of(Map<String, String> tensors, Platform platform, CpuFeatures cpu) {
    String[] parts = tensors.getOrDefault(NATIVE, "").split(" ");
    if (parts.length != 2) {
      return Optional.empty();
    }
    String classifier = parts[1];
    boolean runs =
        platform.covers(classifier)
            && (!classifier.endsWith("-avx512") || cpu.avx512())
            && (!classifier.endsWith("-avx2") || cpu.avx2());
    return runs
        ? Optional.of("org.nd4j:" + NATIVE + ":" + parts[0] + ":" + classifier)
        : Optional.empty();
  }
}
