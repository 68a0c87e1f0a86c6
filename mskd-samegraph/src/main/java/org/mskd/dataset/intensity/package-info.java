/**
 * Operations on the intensities of a square slice, of which augmentations are composed: noise,
 * smoothing, contrast, gamma, low resolution. Each changes a slice in place, {@code [size][size]}
 * flattened with values in [-1, 1], which stay in that range. Free of tensors.
 */
package org.mskd.dataset.intensity;
