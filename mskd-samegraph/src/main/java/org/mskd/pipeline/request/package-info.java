/**
 * The request to a worker: the {@linkplain org.mskd.pipeline.request.Goal goal}, the experiment,
 * the run options, and the folders of the output directory. The plugin writes the {@linkplain
 * org.mskd.pipeline.request.WorkerRequest request} as JSON, the worker reads it.
 */
package org.mskd.pipeline.request;
