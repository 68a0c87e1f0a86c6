/**
 * From a folder of scans to slices on disk. {@link org.mskd.dataset.DatasetFolder} finds the
 * subjects, {@link org.mskd.dataset.SubjectReader} reads and checks each, {@link
 * org.mskd.dataset.Preprocessor} turns volumes into square slices (and {@link
 * org.mskd.dataset.SliceGeometry} brings predictions back), {@link org.mskd.dataset.SliceStore} is
 * one checksummed file a subject, {@link org.mskd.dataset.Preparer} does it for whole sets. {@link
 * org.mskd.dataset.Sampler}, {@link org.mskd.dataset.Augmentation} and {@link
 * org.mskd.dataset.Patches} choose what a batch shows of them. Free of tensors.
 */
package org.mskd.dataset;
