/**
 * Convolution by a current oneDNN on ND4J's buffers: {@link
 * org.mskd.graph.onednn.OneDnnConvolution}. The binding is optional on the class path; no class of
 * this package is initialised without it.
 */
package org.mskd.graph.onednn;
