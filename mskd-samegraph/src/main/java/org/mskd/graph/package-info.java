/**
 * The networks as SameDiff graphs.
 *
 * <p>{@link org.mskd.graph.UNet} builds the graph from {@link org.mskd.graph.Layers}. Operations
 * that ND4J lacks, or computes wrongly or slowly, are {@link org.mskd.graph.kernel.KernelOp}s of
 * this package: normalisation with LeakyReLU, up-sampling, the convolution of a skip connection,
 * and the generated head of DoDNet. {@link org.mskd.graph.runtime.GraphSession} runs a graph.
 */
package org.mskd.graph;
