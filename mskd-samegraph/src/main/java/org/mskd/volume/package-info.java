/**
 * Voxels in space. {@link org.mskd.volume.Volume} is voxels on a {@link org.mskd.volume.Grid},
 * {@link org.mskd.volume.ClassMap} their classes; {@link org.mskd.volume.NiftiReader} and {@link
 * org.mskd.volume.NiftiWriter} bring them in and out, in the file's own voxel order, with the
 * {@link org.mskd.volume.ImageHeader} that says where they lie and what is unusual about it; {@link
 * org.mskd.volume.Orientation} turns any axis order into the one canonical order everything inside
 * works in (RAS+: x to the right, y to the front, z to the head) and back. Free of tensors.
 */
package org.mskd.volume;
