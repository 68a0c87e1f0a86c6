package org.mskd.dataset;

import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Orientation;

/**
 * The slices of a scan, made on request from its voxels and rounded as in a {@link SliceStore}, so
 * that both give a network the same input. Nothing is written. Holds scratch memory: one thread at
 * a time.
 */
public final class ScanSlices implements SliceSource {
  private final String id;
  private final SliceGeometry geometry;
  private final ImageSlices images;

  /**
   * @throws BadInputException naming the image, if it does not fit into the slices
   */
  public ScanSlices(Scan scan, Preprocessing preprocessing) {
    this.id = scan.subject().id();
    try {
      this.geometry = SliceGeometry.of(Orientation.canonical(scan.image().grid()), preprocessing);
    } catch (BadInputException e) {
      throw new BadInputException(scan.subject().image() + ": " + e.problem(), e.remedy(), e);
    }
    this.images = new ImageSlices(scan.image(), geometry, preprocessing);
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
