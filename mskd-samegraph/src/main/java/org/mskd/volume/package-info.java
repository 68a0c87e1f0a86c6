/**
 * Voxels in space. {@link org.mskd.volume.Voxels} are values on a {@link org.mskd.volume.Grid} in
 * the order of their file: a {@link org.mskd.volume.Volume} in one array, {@link
 * org.mskd.volume.PackedVoxels} in the least memory, a {@link org.mskd.volume.ClassMap} of classes.
 * {@link org.mskd.volume.NiftiReader} and {@link org.mskd.volume.NiftiWriter} bring them in and
 * out, with the {@link org.mskd.volume.ImageHeader} that says where they lie and what is unusual
 * about it; {@link org.mskd.volume.VoxelStream} reads them without holding them. {@link
 * org.mskd.volume.CanonicalPlanes} and {@link org.mskd.volume.Orientation} turn any axis order into
 * the one canonical order everything inside works in (RAS+: x to the right, y to the front, z to
 * the head) and back. Free of tensors.
 */
package org.mskd.volume;
