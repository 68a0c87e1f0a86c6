package org.mskd.dataset.phantom;

/**
 * One tissue, painted over the layers before it.
 *
 * @param shape where it is
 * @param hu its mean density, HU
 * @param organ 1.. in the order of {@code Phantoms.KNOWN_ORGANS}, or {@link #SAME} to leave what
 *     the voxel belongs to as it is
 */
record Layer(Shape shape, double hu, int organ) {
  /** For tissues inside an organ and for everything that is no organ. */
  static final int SAME = 0;
}
