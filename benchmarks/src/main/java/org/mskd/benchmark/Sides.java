package org.mskd.benchmark;

import java.nio.file.Path;

/**
 * The measured sides.
 *
 * @param folder for files that they exchange
 */
record Sides(OurSide ours, TorchSide torch, OnnxRuntimeSide onnxRuntime, Path folder) {}
