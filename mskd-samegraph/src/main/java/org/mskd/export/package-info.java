/**
 * A trained network as an ONNX file, and its check: {@link org.mskd.export.OnnxFile} writes the
 * graph and its {@linkplain org.mskd.export.ExportMetadata metadata}, {@link
 * org.mskd.export.OnnxCheck} runs the file in ONNX Runtime and compares its logits with those of
 * this project's own network. ONNX Runtime is needed for the check alone.
 */
package org.mskd.export;
