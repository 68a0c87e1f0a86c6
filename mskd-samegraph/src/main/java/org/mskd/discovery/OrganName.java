package org.mskd.discovery;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of organs in files and folders: as {@code <organ>} allows them, and for comparison. */
final class OrganName {
  private static final int LONGEST = 64;

  private static final Set<String> LEFT = Set.of("left", "l", "lt");
  private static final Set<String> RIGHT = Set.of("right", "r", "rt");

  /** Without a plural's s, as {@link #singular} leaves them. */
  private static final Set<String> LESIONS =
      Set.of(
          "cancer",
          "tumor",
          "tumour",
          "lesion",
          "cyst",
          "mass",
          "masse",
          "carcinoma",
          "metastasi",
          "metastase",
          "nodule");

  /** Organs that CT data sets are named after, without a plural's s. */
  private static final Set<String> ORGANS =
      Set.of(
          "liver",
          "spleen",
          "kidney",
          "pancreas",
          "gallbladder",
          "stomach",
          "duodenum",
          "colon",
          "esophagus",
          "oesophagus",
          "bladder",
          "prostate",
          "uterus",
          "aorta",
          "heart",
          "lung",
          "trachea",
          "thyroid",
          "brain");

  /** Names of no organ in particular, without a plural's s. */
  private static final Set<String> GENERAL =
      Set.of("label", "organ", "foreground", "mask", "target", "object", "segmentation");

  private OrganName() {}

  /** In lower case, of the characters that {@code <organ>} allows; empty if none is left. */
  static Optional<String> allowed(String text) {
    String name =
        plain(text)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[-._]+", "");
    return Optional.of(
            name.substring(0, Math.min(name.length(), LONGEST)).replaceAll("[-._]+$", ""))
        .filter(rest -> !rest.isEmpty());
  }

  /** A folder's name without the prefix of a task: {@code liver} of {@code Task03_Liver}. */
  static Optional<String> ofFolder(String folder) {
    String rest = folder.replaceFirst("^(?i:task|dataset)\\d+[_-]", "");
    return allowed(rest).or(() -> allowed(folder));
  }

  /** Equal for names that differ in case, separators, order of words, plural. */
  static String key(String text) {
    return joined(words(text));
  }

  /** {@link #key} without left and right. */
  static String keyOfBothSides(String text) {
    List<String> rest = withoutSide(text);
    return rest.isEmpty() ? key(text) : joined(rest);
  }

  /** The name for both sides: {@code kidney} of {@code Left Kidney}. */
  static Optional<String> ofBothSides(String text) {
    String rest =
        Arrays.stream(plain(text).split("[^A-Za-z0-9]+"))
            .filter(word -> !isSide(word.toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining("-"));
    return allowed(rest).or(() -> allowed(text));
  }

  /** Whether a name is that of a tumour or of another lesion. */
  static boolean isLesion(String text) {
    return words(text).stream().anyMatch(LESIONS::contains);
  }

  /** Whether a name is that of no organ in particular. */
  static boolean isGeneral(String text) {
    return GENERAL.containsAll(words(text));
  }

  /** Whether a name is that of one organ, with nothing else in it. */
  static boolean isKnownOrgan(String text) {
    return ORGANS.stream().anyMatch(organ -> key(organ).equals(key(text)));
  }

  /** Whether {@code text} has all words of {@code part}, as liver tumour has those of liver. */
  static boolean includes(String text, String part) {
    return words(text).containsAll(words(part));
  }

  private static List<String> withoutSide(String text) {
    return words(text).stream().filter(word -> !isSide(word)).toList();
  }

  private static boolean isSide(String word) {
    return LEFT.contains(word) || RIGHT.contains(word);
  }

  private static List<String> words(String text) {
    return Arrays.stream(
            plain(text)
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .map(OrganName::singular)
        .map(word -> LEFT.contains(word) ? "left" : RIGHT.contains(word) ? "right" : word)
        .toList();
  }

  private static String singular(String word) {
    boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  private static String joined(List<String> words) {
    return words.stream().sorted().collect(Collectors.joining(" "));
  }

  /** Letters without accents. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
  }
}
