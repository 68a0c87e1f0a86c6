package org.mskd.volume;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a NIfTI header says about an image.
 *
 * @param grid where the voxels of one volume lie, in the file's order
 * @param type how a voxel is stored
 * @param frames volumes in the file; 1 for a plain 3-D image
 * @param forms the fields that place the voxels, as they are stored
 * @param remarks what is unusual in the header, or assumed because the header does not say it;
 *     empty for a sound header
 */
public record ImageHeader(
    Grid grid, VoxelType type, long frames, NiftiForms forms, List<HeaderRemark> remarks) {
  public ImageHeader {
    remarks = List.copyOf(remarks);
  }

  /** Where the qform places the voxels, whether or not it is the form used; empty without one. */
  public Optional<Grid> qformGrid() {
    return forms.qform().map(this::placed);
  }

  /** As {@link #qformGrid()}, of the sform. */
  public Optional<Grid> sformGrid() {
    return forms.sform().map(this::placed);
  }

  /** How far in mm the two forms place some corner apart; empty unless both are usable. */
  public OptionalDouble formsDistance() {
    return qformGrid().isPresent() && sformGrid().isPresent()
        ? OptionalDouble.of(qformGrid().get().cornerDistance(sformGrid().get()))
        : OptionalDouble.empty();
  }

  private Grid placed(Affine affine) {
    return new Grid(grid.nx(), grid.ny(), grid.nz(), affine);
  }
}
