package org.mskd.benchmark;

import java.nio.file.Path;

/**
 * Who is measured.
 *
 * @param folder for what they hand to each other
 */
record Sides(OurSide ours, TorchSide torch, OnnxRuntimeSide onnxRuntime, Path folder) {}
