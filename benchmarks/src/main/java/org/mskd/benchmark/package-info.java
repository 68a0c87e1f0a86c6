/**
 * mskd compared with libtorch and ONNX Runtime on this machine. {@link
 * org.mskd.benchmark.Benchmarks} runs one work after the other, each side in a JVM of its own
 * ({@link org.mskd.benchmark.OurSide}, {@link org.mskd.benchmark.TorchSide}, {@link
 * org.mskd.benchmark.OnnxRuntimeSide}), and collects a {@link org.mskd.benchmark.Report}, which
 * {@link org.mskd.benchmark.Table} prints and {@link org.mskd.benchmark.JsonReport} writes. Nothing
 * but those JVMs computes while a work runs.
 */
package org.mskd.benchmark;
