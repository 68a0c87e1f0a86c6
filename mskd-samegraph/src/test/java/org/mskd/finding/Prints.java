package org.mskd.finding;

import java.util.Collections;
import java.util.List;
import org.mskd.fingerprint.Intensities;
import org.mskd.fingerprint.OrganFingerprint;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.fingerprint.ScanGeometry;
import org.mskd.fingerprint.SliceProfile;
import org.mskd.fingerprint.Thumbnail;

/** Fingerprints with one part chosen and the others of a usual scan. */
final class Prints {
  static final Intensities CT = new Intensities(-1024, 1500, 0.7, 0.15, 0.001, true);
  private static final ScanGeometry USUAL = new ScanGeometry(0.8, 3, 400);
  private static final SliceProfile NO_SLICES = new SliceProfile(3, List.of(), List.of());
  private static final Thumbnail EMPTY = new Thumbnail(Collections.nCopies(1728, 0));

  private Prints() {}

  static ScanFingerprint of(String image, Intensities values) {
    return of(image, values, USUAL, List.of(), NO_SLICES, EMPTY);
  }

  static ScanFingerprint of(String image, ScanGeometry geometry) {
    return of(image, CT, geometry, List.of(), NO_SLICES, EMPTY);
  }

  static ScanFingerprint of(String image, OrganFingerprint... organs) {
    return of(image, CT, USUAL, List.of(organs), NO_SLICES, EMPTY);
  }

  private static ScanFingerprint of(
      String image,
      Intensities values,
      ScanGeometry geometry,
      List<OrganFingerprint> organs,
      SliceProfile profile,
      Thumbnail thumbnail) {
    return new ScanFingerprint(
        image,
        List.of(512, 512, 100),
        List.of(0.8, 0.8, 3.0),
        "LPS",
        geometry,
        values,
        organs,
        profile,
        thumbnail);
  }

  /** An organ of 100 HU. */
  static OrganFingerprint organ(String name, double right, double largestPixels) {
    return new OrganFingerprint(name, 1000, 10, 50, 100, 0, 200, right, 0, 0, largestPixels);
  }

  static FingerprintedSet set(ScanFingerprint... scans) {
    return new FingerprintedSet("data set liver", List.of(scans));
  }
}
