package org.mskd.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;

/**
 * What a network is, what it expects, and where it comes from: {@code model.json} of an archive.
 *
 * @param kind teacher or student
 * @param network the U-Net its weights belong to
 * @param organs the organs of channels 1..K, in that order; exactly one for a teacher
 * @param preprocessing how a volume becomes the slices it was trained on
 * @param inputSize side of the square it was trained to see, pixels: a patch, or the whole slice
 * @param seed the experiment's seed
 * @param provenance method, data digests, iterations, backend, threads, version, stage fingerprint:
 *     whatever tells how it was made; no paths, no times
 * @param subjects what was done to each subject it was trained on: text, numbers, truth values,
 *     lists and maps of them (whole numbers become {@code Long}, others {@code Double})
 */
public record ModelCard(
    ModelKind kind,
    Network network,
    List<String> organs,
    Preprocessing preprocessing,
    int inputSize,
    long seed,
    SortedMap<String, String> provenance,
    List<Map<String, Object>> subjects) {
  /**
   * @throws IllegalArgumentException if organs are missing, repeated or too many, the input is
   *     larger than a slice or cannot be halved {@code depth} times, or a subject holds what JSON
   *     cannot carry
   */
  public ModelCard {
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(network, "network is missing");
    Objects.requireNonNull(preprocessing, "preprocessing is missing");
    organs = List.copyOf(Objects.requireNonNull(organs, "organs are missing"));
    if (inputSize < 1
        || inputSize > preprocessing.sliceSize()
        || inputSize % (1 << network.depth()) != 0) {
      throw new IllegalArgumentException(
          "inputSize is %d, with slices of %d and depth %d"
              .formatted(inputSize, preprocessing.sliceSize(), network.depth()));
    }
    provenance = copy(Objects.requireNonNull(provenance, "provenance is missing"));
    subjects =
        Objects.requireNonNull(subjects, "subjects are missing").stream()
            .<Map<String, Object>>map(PlainValues::map)
            .toList();
    int most = kind == ModelKind.TEACHER ? 1 : 127;
    if (organs.isEmpty()
        || organs.size() > most
        || organs.stream().anyMatch(String::isBlank)
        || new HashSet<>(organs).size() != organs.size()) {
      throw new IllegalArgumentException("organs of a " + kind + " are " + organs);
    }
  }

  /** The network's output channels: background and the organs. */
  public int outputs() {
    return organs.size() + 1;
  }

  private static SortedMap<String, String> copy(SortedMap<String, String> provenance) {
    provenance.forEach(
        (key, value) -> Objects.requireNonNull(value, () -> "provenance " + key + " is null"));
    return Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) provenance));
  }
}
