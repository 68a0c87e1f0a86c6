/**
 * The peers, each in a JVM of its own: {@link org.mskd.benchmark.peer.TorchUNet} is the same
 * network in libtorch, trained by {@link org.mskd.benchmark.peer.TorchSupervised} and {@link
 * org.mskd.benchmark.peer.TorchMskd} and run by {@link org.mskd.benchmark.peer.TorchInference};
 * {@link org.mskd.benchmark.peer.OnnxRuntimeWork} runs it in ONNX Runtime. Written as an
 * experienced user of each library would write it, without our optimisations.
 */
package org.mskd.benchmark.peer;
