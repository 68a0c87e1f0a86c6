/**
 * The peers, each in a JVM of its own: {@link org.mskd.benchmark.peer.TorchUNet} is the same
 * network in libtorch, trained by {@link org.mskd.benchmark.peer.TorchSupervised} and {@link
 * org.mskd.benchmark.peer.TorchMskd} and run by {@link org.mskd.benchmark.peer.TorchInference};
 * {@link org.mskd.benchmark.peer.OnnxRuntimeWork} runs it in ONNX Runtime. Written as somebody who
 * knows the library would write it, without the ideas that make ours fast.
 */
package org.mskd.benchmark.peer;
