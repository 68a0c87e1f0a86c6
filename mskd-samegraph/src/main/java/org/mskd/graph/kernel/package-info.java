/**
 * What operations in Java are made of: the base class {@link org.mskd.graph.kernel.KernelOp}, the
 * threads ({@link org.mskd.graph.kernel.Kernels}), access to arrays in host memory ({@link
 * org.mskd.graph.kernel.HostFloats}, {@link org.mskd.graph.kernel.HostInts}), and the interface of
 * an engine for convolutions ({@link org.mskd.graph.kernel.ConvolutionEngine}).
 */
package org.mskd.graph.kernel;
