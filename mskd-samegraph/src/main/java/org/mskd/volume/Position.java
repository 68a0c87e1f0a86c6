package org.mskd.volume;

/** Whether a header must place its voxels in space. */
enum Position {
  /** A header that does not is an error. */
  REQUIRED,
  /** Where it does not, voxels lie at their indices, 1 mm apart. */
  OPTIONAL
}
