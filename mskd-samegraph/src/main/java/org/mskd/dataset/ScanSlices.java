package org.mskd.dataset;

import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Orientation;

/**
 * The slices of a scan, made on request from its voxels and rounded as in a {@link SliceStore}, so
 * that both give a network the same input. They are those of a trained model, whose preprocessing
 * no declaration can change. Nothing is written. Holds scratch memory: one thread at a time.
 */
public final class ScanSlices implements SliceSource {
  private final String id;
  private final SliceGeometry geometry;
  private final ImageSlices images;

  /**
   * @throws BadInputException naming the image, if it does not fit into the slices
   */
  public ScanSlices(Scan scan, Preprocessing preprocessing) {
    this(scan, preprocessing, geometry(scan, preprocessing));
  }

  private ScanSlices(Scan scan, Preprocessing preprocessing, SliceGeometry geometry) {
    this.id = scan.subject().id();
    this.geometry = geometry;
    this.images = new ImageSlices(scan.image(), geometry, preprocessing);
  }

  /**
   * Slices in the planes of others of the same scan: in the plane as the preprocessing has them,
   * and as many and as far apart as the others are.
   *
   * @throws BadInputException as the constructor
   */
  public static ScanSlices inPlanesOf(
      SliceGeometry others, Scan scan, Preprocessing preprocessing) {
    return new ScanSlices(scan, preprocessing, geometry(scan, preprocessing).withPlanesOf(others));
  }

  private static SliceGeometry geometry(Scan scan, Preprocessing preprocessing) {
    try {
      return SliceGeometry.of(Orientation.canonical(scan.image().grid()), preprocessing);
    } catch (BadInputException e) {
      throw new BadInputException(
          "%s: %s That is the preprocessing of a trained model."
              .formatted(scan.subject().image(), e.problem()),
          "Check the spacing in the scan's header, crop the scan, or use a model that was trained"
              + " for scans of this size.",
          e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public SliceGeometry geometry() {
    return geometry;
  }

  @Override
  public void image(int slice, float[] out, int offset) {
    images.slice(slice, out, offset);
    for (int i = offset; i < offset + geometry.area(); i++) {
      out[i] = SliceStoreFormat.dequantise(SliceStoreFormat.quantise(out[i]));
    }
  }
}
