/**
 * The network as a SameDiff graph, and the hands that run it.
 *
 * <p>{@link org.mskd.graph.UNet} builds the graph; {@link org.mskd.graph.GraphSession} rehearses it
 * once, to lay out the arrays' memory, and runs it. Operations of ours are {@link
 * org.mskd.graph.KernelOp}s, run by {@link org.mskd.graph.Kernels} over {@link
 * org.mskd.graph.HostFloats}. {@link org.mskd.graph.Engine} chooses between these, a current oneDNN
 * for convolution, and ND4J's own operations, which remain the fallback everywhere.
 */
package org.mskd.graph;
