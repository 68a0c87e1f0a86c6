/**
 * The stages of an experiment, from phantoms to metrics: what each needs, whether it is up to date,
 * and the worker that runs them. {@link org.mskd.pipeline.WorkerRequest} goes in, {@link
 * org.mskd.pipeline.event.Event}s come out.
 */
package org.mskd.pipeline;
