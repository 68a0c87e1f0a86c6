/**
 * Outputs of frozen teachers for training slices, computed once and stored. {@link
 * org.mskd.targets.TargetStoreWriter} writes one file, {@link org.mskd.targets.TargetStore} reads
 * it slice by slice, {@link org.mskd.targets.TargetLayout} is its content, and {@link
 * org.mskd.targets.WarpedTargets} transforms a batch's targets with the batch's own augmentation
 * ({@link org.mskd.targets.BatchTargets}). Free of tensors.
 *
 * <p>The file, little-endian:
 *
 * <pre>
 * magic     8   "MSKDTGT" and a line feed
 * version   4
 * length    4   n, of the header
 * header    n   JSON in UTF-8, blank-padded to 8: the layout, the digest of the teachers
 * blocks        one per slice, ascending by (dataset, subject, slice), each padded to 8
 * directory     16 per slice: dataset, subject, slice, length of its block, each int32
 * slices    4   their number
 * checksum  4   CRC-32C of all before it
 *
 * block of a slice of size x size pixels, K teachers:
 * positions     for each level l, for each teacher: one bit for each of the (size/2^l)^2 positions,
 *               in words of 64, lowest bit first, set where there is a row; only where masked, else
 *               every position has one
 * margins       [size][size][K] int16: organ logit minus background logit, see {@link
 *               org.mskd.targets.MarginCode}
 * rows          for each level, for each teacher, for each of its positions ascending: [C] uint16: q
 *               is the log-probability -q / 1024, ascending where sorted
 * </pre>
 *
 * Positions and rows are those of the teachers whose features are kept. A stored margin keeps its
 * sign, and its error is small at every temperature.
 */
package org.mskd.targets;
