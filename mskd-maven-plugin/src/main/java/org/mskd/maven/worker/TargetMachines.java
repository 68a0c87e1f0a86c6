package org.mskd.maven.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.problem.BadInputException;

/** The machines that jars are resolved for, each with the choice of its natives. */
public final class TargetMachines {
  private static final Pattern CLASSIFIER =
      Pattern.compile("((?:linux|macosx|windows)-[a-z0-9_]+)(-[a-z0-9-]+)?");

  /** Processors among which {@code auto} distinguishes. */
  private static final List<CpuFeatures> PROCESSORS =
      List.of(CpuFeatures.OLDEST, CpuFeatures.WITH_AVX2, CpuFeatures.WITH_AVX512);

  private TargetMachines() {}

  /**
   * Selectors of backends.
   *
   * @param classifiers of {@code nd4j-native}, such as {@code linux-x86_64-onednn-avx2}, or
   *     platforms, such as {@code macosx-arm64}, with all natives that {@code auto} may choose
   *     there; none for this machine
   * @throws BadInputException for another word
   */
  public static List<BackendSelector> of(List<String> classifiers, Versions versions) {
    if (classifiers.isEmpty()) {
      return List.of(BackendSelector.ofThisMachine(versions));
    }
    List<BackendSelector> all = new ArrayList<>();
    for (String word : classifiers) {
      Matcher parts = CLASSIFIER.matcher(word);
      if (!parts.matches()) {
        throw new BadInputException(
            "-Dmskd.classifiers has " + word + ", which names no platform.",
            "Allowed are platforms such as linux-x86_64, linux-arm64, macosx-arm64 or"
                + " windows-x86_64, and classifiers of nd4j-native such as"
                + " linux-x86_64-onednn-avx2, separated by commas.");
      }
      Platform platform = new Platform(parts.group(1));
      if (parts.group(2) == null) {
        PROCESSORS.stream()
            .map(cpu -> BackendSelector.classifier(platform, cpu))
            .distinct()
            .forEach(natives -> all.add(new BackendSelector(versions, platform, natives)));
      } else {
        all.add(new BackendSelector(versions, platform, word));
      }
    }
    return all;
  }
}
