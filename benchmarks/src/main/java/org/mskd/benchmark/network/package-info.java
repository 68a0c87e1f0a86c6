/**
 * The work itself, the same for every side: {@link org.mskd.benchmark.network.FixedWeights} of the
 * U-Net, {@link org.mskd.benchmark.network.SyntheticSlices}, how many {@link
 * org.mskd.benchmark.network.MultiplyAdds} a pass is, and the {@link
 * org.mskd.benchmark.network.Logits}, which must be equal on all sides.
 */
package org.mskd.benchmark.network;
