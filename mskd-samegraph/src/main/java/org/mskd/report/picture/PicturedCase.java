package org.mskd.report.picture;

import org.mskd.volume.ClassMap;
import org.mskd.volume.Voxels;

/** A test case that is drawn. Maps are read on request, since each takes a byte per voxel. */
public interface PicturedCase {
  /** The scan, HU, in the order of its file. */
  Voxels scan();

  /** The reference in canonical orientation; class n is the n-th organ. */
  ClassMap reference();

  /**
   * A model's prediction in canonical orientation, with the classes of the reference.
   *
   * @param model its position
   */
  ClassMap prediction(int model);
}
