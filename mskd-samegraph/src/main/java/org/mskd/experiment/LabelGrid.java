package org.mskd.experiment;

/** Where the voxels of a label volume lie. */
public enum LabelGrid {
  /** Where its own header places them, which must be where the image's voxels lie. */
  LABEL,
  /**
   * Where the image's header places the voxel of the same indices: for labels whose voxels
   * correspond to the image's although their header does not.
   */
  IMAGE
}
