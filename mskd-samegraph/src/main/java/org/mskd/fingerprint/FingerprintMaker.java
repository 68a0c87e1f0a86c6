package org.mskd.fingerprint;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;
import org.mskd.volume.Voxels;

/**
 * Makes the fingerprint of a scan in one pass over its axial planes; memory holds a few planes and
 * a coarse copy of the scan.
 */
public final class FingerprintMaker {
  private final CanonicalPlanes image;
  private final Optional<CanonicalPlanes> label;
  private final Grid grid;
  private final ValueStatistics values = new ValueStatistics();
  private final TissueProfile tissue;
  private final CoarseScan coarse;
  private final List<OrganStatistics> organs;

  private FingerprintMaker(Voxels image, Optional<? extends Voxels> classes, List<String> names) {
    this.image = new CanonicalPlanes(image);
    this.label = classes.map(CanonicalPlanes::new);
    this.grid = this.image.grid();
    this.tissue = new TissueProfile(grid);
    this.coarse = new CoarseScan(grid);
    this.organs =
        IntStream.range(0, classes.isPresent() ? names.size() : 0)
            .mapToObj(n -> new OrganStatistics(names.get(n), n + 1, grid))
            .toList();
  }

  /**
   * The fingerprint of one scan.
   *
   * @param name the image in its folder, such as {@code imagesTr/abd01.nii.gz}
   * @param image HU
   * @param classes class indices on the same canonical grid; empty without a label
   * @param organs the names of classes 1, 2, ...
   * @param pixelMm side of a pixel of the prepared slices, mm
   */
  public static ScanFingerprint of(
      String name,
      Voxels image,
      Optional<? extends Voxels> classes,
      List<String> organs,
      double pixelMm) {
    FingerprintMaker maker = new FingerprintMaker(image, classes, organs);
    maker.scan();
    return maker.result(name, image.grid(), pixelMm);
  }

  private void scan() {
    float[] plane = new float[image.area()];
    float[] classes = new float[label.isPresent() ? image.area() : 0];
    for (int z = 0; z < grid.nz(); z++) {
      image.plane(z, plane);
      values.add(plane);
      tissue.add(plane);
      coarse.add(z, plane);
      if (label.isPresent()) {
        label.get().plane(z, classes);
        for (OrganStatistics organ : organs) {
          organ.add(z, plane, classes);
        }
      }
    }
  }

  private ScanFingerprint result(String name, Grid file, double pixelMm) {
    BodyBox body = coarse.body();
    return new ScanFingerprint(
        name,
        List.of(file.nx(), file.ny(), file.nz()),
        List.of(file.spacing(0), file.spacing(1), file.spacing(2)),
        Orientation.of(file.affine()).code(),
        ScanGeometry.of(grid),
        values.result(),
        organs.stream().map(organ -> organ.result(body, pixelMm)).toList(),
        tissue.result(),
        coarse.thumbnail(body));
  }
}
