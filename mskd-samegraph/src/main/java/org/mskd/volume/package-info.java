/**
 * Voxels in space. {@link org.mskd.volume.Volume} is voxels on a {@link org.mskd.volume.Grid};
 * NIfTI readers and writers bring them in and out; {@link org.mskd.volume.Orientation} turns any
 * axis order into the one canonical order everything inside works in (RAS+: x to the right, y to
 * the front, z to the head). Free of tensors.
 */
package org.mskd.volume;
