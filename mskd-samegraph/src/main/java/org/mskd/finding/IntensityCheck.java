package org.mskd.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mskd.fingerprint.Intensities;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * Finds scans whose voxels are not HU. Every CT scan of a body has air or fat below -30 HU, and
 * organs and muscle from 0 to 100 HU.
 */
public final class IntensityCheck {
  /** Below any CT scan's share of air and fat, and of soft tissue. */
  private static final double HARDLY_ANY = 0.001;

  /**
   * Part of what is neither air nor fat that has 0 to 100 HU: 0.47 to 0.69 in CT scans of the
   * abdomen, 0.5 in phantoms. Values spread evenly up to 1500 would give 0.2.
   */
  private static final double SHIFTED = 0.3;

  private static final String CONVERT =
      "HU are expected. Apply the rescale slope and intercept of the DICOM files, or export the"
          + " scan again.";

  private IntensityCheck() {}

  private enum Look {
    CONSTANT(Finding.Kind.NOT_HU, "Export the scan again, or take it out."),
    UNIT(Finding.Kind.NOT_HU, CONVERT),
    BYTE(Finding.Kind.NOT_HU, CONVERT),
    SHIFTED(Finding.Kind.NOT_HU, CONVERT),
    MR(
        Finding.Kind.NOT_CT,
        "mskd is made for CT in HU. Take the image out; if it is CT, apply the rescale slope and"
            + " intercept of the DICOM files, or export the scan again."),
    NO_AIR(Finding.Kind.NOT_HU, CONVERT),
    NO_TISSUE(Finding.Kind.NOT_HU, CONVERT);

    private final Finding.Kind kind;
    private final String remedy;

    Look(Finding.Kind kind, String remedy) {
      this.kind = kind;
      this.remedy = remedy;
    }
  }

  /** One finding for each way in which scans of the set look wrong. */
  public static List<Finding> of(FingerprintedSet set) {
    Map<Look, List<ScanFingerprint>> alike = new EnumMap<>(Look.class);
    for (ScanFingerprint scan : set.scans()) {
      look(scan.intensities())
          .ifPresent(look -> alike.computeIfAbsent(look, l -> new ArrayList<>()).add(scan));
    }
    List<Finding> findings = new ArrayList<>();
    alike.forEach(
        (look, scans) -> {
          List<String> files = scans.stream().map(ScanFingerprint::image).toList();
          String text =
              "%s of %s %s. %s%s"
                  .formatted(
                      files.get(0),
                      set.title(),
                      text(look, scans.get(0).intensities()),
                      FileNames.alike(files),
                      look.remedy);
          findings.add(Finding.warning(look.kind, files, text));
        });
    return findings;
  }

  private static Optional<Look> look(Intensities values) {
    if (values.constant()) {
      return Optional.of(Look.CONSTANT);
    }
    if (values.minimum() >= 0) {
      return Optional.of(withoutNegative(values));
    }
    if (values.shareBelowMinus30() < HARDLY_ANY) {
      return Optional.of(Look.NO_AIR);
    }
    return values.share0To100() < HARDLY_ANY ? Optional.of(Look.NO_TISSUE) : Optional.empty();
  }

  private static Look withoutNegative(Intensities values) {
    if (values.maximum() <= 1) {
      return Look.UNIT;
    }
    if (values.maximum() <= 255) {
      return Look.BYTE;
    }
    return values.share1024To1124() >= SHIFTED ? Look.SHIFTED : Look.MR;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.4g", value);
  }

  private static String text(Look look, Intensities values) {
    String range =
        "values from %s to %s".formatted(number(values.minimum()), number(values.maximum()));
    return switch (look) {
      case CONSTANT -> "has the value " + number(values.minimum()) + " in all voxels";
      case UNIT -> "has " + range + ": it looks scaled to 0..1, not like HU";
      case BYTE -> "has " + range + ": it looks windowed to 8 bits, not like HU";
      case SHIFTED -> "has " + range + ": it looks like HU + 1024, without the rescale intercept";
      case MR -> "has " + range + " and none below 0: it looks like MR, not like CT";
      case NO_AIR -> "has " + range + " and hardly any below -30, where CT has air and fat";
      case NO_TISSUE ->
          "has "
              + range
              + " and hardly any between 0 and 100, where CT has organs and muscle: it does not"
              + " look like HU";
    };
  }
}
