/**
 * {@code mskd:export}: {@link org.mskd.pipeline.export.ExportRun} writes models of an experiment or
 * a model that is given as a file as ONNX files, checks them, and writes their model card.
 */
package org.mskd.pipeline.export;
