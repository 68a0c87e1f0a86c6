package org.mskd.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;

/**
 * A network's architecture, its input, its outputs, and its provenance: {@code model.json} of an
 * archive.
 *
 * @param kind teacher or student
 * @param architecture the structure its weights belong to, with its input and output channels
 * @param organs the organs of channels 1..K, in that order; exactly one for a teacher
 * @param preprocessing how a volume becomes the slices it was trained on
 * @param inputSize side of the square input, pixels: a patch, or the whole slice
 * @param seed the experiment's seed
 * @param provenance method, data digests, iterations, backend, threads, version, stage fingerprint;
 *     no paths, no times
 * @param subjects the preprocessing record of each training subject: text, numbers, booleans, lists
 *     and maps of them (whole numbers become {@code Long}, others {@code Double})
 * @param publication what a packaged model says about itself; empty for any other
 */
public record ModelCard(
    ModelKind kind,
    Architecture architecture,
    List<String> organs,
    Preprocessing preprocessing,
    int inputSize,
    long seed,
    SortedMap<String, String> provenance,
    List<Map<String, Object>> subjects,
    Optional<Publication> publication) {
  /** Organs in one model: classes are stored as bytes, and 0 is background. */
  private static final int MOST_ORGANS = 127;

  /** Organs name folders of results: an archive must not choose where these lie. */
  private static final Pattern ORGAN =
      Pattern.compile("[^./\\\\:\\p{Cc}\\p{Cf}][^/\\\\:\\p{Cc}\\p{Cf}]{0,63}");

  /**
   * @throws IllegalArgumentException if a component is missing, organs are repeated, too many or
   *     not usable as names of folders, the architecture predicts another number of organs, has
   *     other input channels than a slice and its neighbours or, for a teacher, is not the plain
   *     U-Net, the input is larger than a slice or not a multiple of 2^depth, or a subject holds a
   *     value that JSON cannot represent
   */
  public ModelCard {
    present(kind, "kind is missing");
    present(publication, "publication is missing");
    present(architecture, "architecture is missing");
    present(preprocessing, "preprocessing is missing");
    organs = List.copyOf(present(organs, "organs are missing"));
    if (inputSize < 1
        || inputSize > preprocessing.sliceSize()
        || inputSize % (1 << architecture.network().depth()) != 0) {
      throw new IllegalArgumentException(
          "inputSize is %d, with slices of %d and depth %d"
              .formatted(inputSize, preprocessing.sliceSize(), architecture.network().depth()));
    }
    provenance = copy(present(provenance, "provenance is missing"));
    subjects =
        present(subjects, "subjects are missing").stream()
            .<Map<String, Object>>map(PlainValues::map)
            .toList();
    int most = kind == ModelKind.TEACHER ? 1 : MOST_ORGANS;
    if (organs.isEmpty()
        || organs.size() > most
        || organs.stream().anyMatch(organ -> organ.isBlank() || !ORGAN.matcher(organ).matches())
        || new HashSet<>(organs).size() != organs.size()) {
      throw new IllegalArgumentException("organs of a " + kind + " are " + organs);
    }
    if (architecture.organs() != organs.size()) {
      throw new IllegalArgumentException(
          "organs are %s, and the network predicts %d".formatted(organs, architecture.organs()));
    }
    if (architecture.inputChannels() != architecture.network().inputChannels()) {
      throw new IllegalArgumentException(
          "inputChannels is %d, and with %d neighbours on each side there are %d"
              .formatted(
                  architecture.inputChannels(),
                  architecture.network().neighbours().perSide(),
                  architecture.network().inputChannels()));
    }
    if (kind == ModelKind.TEACHER && !(architecture instanceof UNet2d)) {
      throw new IllegalArgumentException(
          "architecture of a teacher is '%s', not '%s'"
              .formatted(architecture.name(), UNet2d.NAME));
    }
  }

  /** The card of a model that is not packaged. */
  public ModelCard(
      ModelKind kind,
      Architecture architecture,
      List<String> organs,
      Preprocessing preprocessing,
      int inputSize,
      long seed,
      SortedMap<String, String> provenance,
      List<Map<String, Object>> subjects) {
    this(
        kind,
        architecture,
        organs,
        preprocessing,
        inputSize,
        seed,
        provenance,
        subjects,
        Optional.empty());
  }

  /** The card of a 2-D U-Net that computes all its organs in one pass. */
  public ModelCard(
      ModelKind kind,
      Network network,
      List<String> organs,
      Preprocessing preprocessing,
      int inputSize,
      long seed,
      SortedMap<String, String> provenance,
      List<Map<String, Object>> subjects) {
    this(
        kind,
        UNet2d.of(network, organs.size() + 1),
        organs,
        preprocessing,
        inputSize,
        seed,
        provenance,
        subjects);
  }

  /**
   * The card of the same model as a package.
   *
   * @param ofPackage the provenance, without names that are not published
   */
  public ModelCard published(Publication published, SortedMap<String, String> ofPackage) {
    return new ModelCard(
        kind,
        architecture,
        organs,
        preprocessing,
        inputSize,
        seed,
        ofPackage,
        subjects,
        Optional.of(published));
  }

  /** The content of {@code model.json} as maps, lists, text, numbers and truth values. */
  public Map<String, Object> tree() {
    return ModelCardJson.tree(this);
  }

  /** The sizes that a user declares. */
  public Network network() {
    return architecture.network();
  }

  /** Channels of the input. */
  public int inputChannels() {
    return architecture.inputChannels();
  }

  /** Channels of a pass's output, as {@link Architecture#outputs}. */
  public int outputs() {
    return architecture.outputs();
  }

  /** Forward passes per slice. */
  public int passes() {
    return architecture.passes();
  }

  /** Heads that run in each pass. */
  public int heads() {
    return architecture.heads();
  }

  private static <T> T present(T value, String message) {
    if (value == null) {
      throw new IllegalArgumentException(message);
    }
    return value;
  }

  private static SortedMap<String, String> copy(SortedMap<String, String> provenance) {
    provenance.forEach((key, value) -> present(value, "provenance " + key + " is missing"));
    return Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) provenance));
  }
}
