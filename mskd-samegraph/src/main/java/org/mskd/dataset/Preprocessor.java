package org.mskd.dataset;

import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;
import org.mskd.volume.Voxels;

/**
 * From CT volumes of any orientation to square slices: HU window scaled to [-1, 1]; in plane the
 * exact average over each pixel's area (linear interpolation where a pixel is smaller than a voxel)
 * with pixels square in mm, so that the longer side fills the slice, or at {@code targetSpacing};
 * centred, and padded with the window's minimum. Slice index is z, row is y, column is x.
 */
public final class Preprocessor {
  private final Preprocessing preprocessing;

  public Preprocessor(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
  }

  /**
   * How a volume on this canonical grid lies in its slices.
   *
   * @throws BadInputException where {@code <targetSpacing>} does not fit into the slice
   */
  public SliceGeometry geometry(Grid canonical) {
    return SliceGeometry.of(canonical, preprocessing);
  }

  /**
   * All slices of a CT volume at once.
   *
   * @param image HU
   * @return {@code [slices][sliceSize][sliceSize]} in [-1, 1]
   * @throws BadInputException where they do not fit into one array
   */
  public float[] toSlices(Voxels image) {
    SliceGeometry geometry = geometry(Orientation.canonical(image.grid()));
    if ((long) geometry.slices() * geometry.area() > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          "A scan of "
              + geometry.slices()
              + " slices at <sliceSize> "
              + geometry.sliceSize()
              + " has more than 2^31 pixels.",
          "Choose a smaller <sliceSize>, or crop the scan.");
    }
    float[] slices = new float[geometry.slices() * geometry.area()];
    ImageSlices images = images(image, geometry);
    for (int slice = 0; slice < geometry.slices(); slice++) {
      images.slice(slice, slices, slice * geometry.area());
    }
    return slices;
  }

  ImageSlices images(Voxels image, SliceGeometry geometry) {
    return new ImageSlices(image, geometry, preprocessing);
  }

  LabelSlices labels(Voxels label, SliceGeometry geometry) {
    return new LabelSlices(label, geometry);
  }
}
