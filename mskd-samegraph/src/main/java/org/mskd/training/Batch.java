package org.mskd.training;

import org.mskd.dataset.SliceRef;

/**
 * A batch before it is a tensor.
 *
 * @param images {@code [batch][size][size]} flattened, values in [-1, 1]
 * @param labels {@code [batch][size][size]} flattened, 1 where the annotated organ is; empty if not
 *     asked for
 * @param slices which slice fills each slot
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record Batch(float[] images, byte[] labels, SliceRef[] slices) {}
